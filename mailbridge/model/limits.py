"""How much hostile mail may ask of this machine. Each limit names the attack that it stops."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one examination. Sizes in octets, times in seconds."""

    # A mail that fills the disk or the line.
    mail_size: int = 64 * MIB
    # A header of megabytes, which makes naive header parsers quadratic.
    header_size: int = 256 * 1024
    header_lines: int = 2_000
    # Ten thousand parts, each cheap to send and dear to open.
    parts: int = 500
    # Mails in mails in mails, which exhaust a recursive parser.
    depth: int = 12
    # Signed in locked in signed: entities that came out of one another.
    seal_layers: int = 6
    signers: int = 16
    # A small mail that unpacks to a full disk.
    unpacked_size: int = 256 * MIB
    # An archive of a hundred thousand names.
    members: int = 2_000
    # Archives in archives in archives (42.zip).
    container_layers: int = 4
    # A member that grows more than both is a bomb: a harmless text may shrink 400:1, yet is small.
    bomb_ratio: int = 100
    bomb_growth: int = 48 * MIB
    # Text that a person reads; more is cut, and said to be cut.
    text_size: int = 1 * MIB
    # Hundreds of texts, each within its own limit: more than any person reads.
    texts_size: int = 4 * MIB
    # A name of megabytes breaks screens and file systems.
    name_length: int = 200
    # The examining child: memory in octets, CPU and wall in seconds, per mail.
    child_memory: int = 1024 * MIB
    child_cpu: int = 60
    child_wall: int = 90

"""Our own OpenPGP keys at work: a home that lives for one lock, and the agent that holds them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailbridge.isolation import gpg_agent
from mailbridge.isolation.gpg import Gpg, Run
from mailbridge.model.parcel import LockWhy
from mailbridge.parcel.keyring import ANYTHING, Keyring
from mailbridge.parcel.unpacking import Unpacking

_KEY_FILES = (".asc", ".gpg", ".pgp")
# Each word is a run of gpg, made slow on purpose by whoever locked it (RFC 9580 §3.7.1.3).
_WORDS = 12
# A mail to a whole province has a key packet for each recipient.
RECIPIENTS = 500


@contextmanager
def opened(work: Unpacking) -> Iterator[Gpg]:
    """Lend a gpg that has our secret keys; they are gone from the disk when the block ends."""
    home = work.scratch / "g"
    try:
        gpg = Gpg(home)
        files = key_files(work.keyring)
        if files:
            gpg_agent.start(home)
            gpg.run("--import", "--", *map(str, files))
        yield gpg
    finally:
        gpg_agent.end(home)
        shutil.rmtree(home, ignore_errors=True)


def key_files(keyring: Keyring) -> list[Path]:
    """List the files among our keys that may hold OpenPGP keys."""
    folder = keyring.keys
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _KEY_FILES)


def words(keyring: Keyring, name: str) -> tuple[str, ...]:
    """List the words to try on something of that name, and on our own keys."""
    names = [name, *(path.name for path in key_files(keyring)), ANYTHING]
    found = dict.fromkeys(
        word for each in names for file, word in keyring.passwords if each and file == each
    )
    return tuple(word for word in found if word)[:_WORDS]


def unlock(work: Unpacking, stored: str, name: str) -> tuple[str, LockWhy | None, str]:
    """Take the lock off a message: gives the stored message inside, or why not; and the cipher.

    What is inside may be signed, and keeps its signature.
    """
    inside = work.scratch / f"{stored}.open"
    runs: list[Run] = []
    tried = words(work.keyring, name)
    with opened(work) as gpg:
        for word in (None, *tried):
            inside.unlink(missing_ok=True)
            arguments = ("--output", str(inside), "--unwrap", "--decrypt", "--")
            runs.append(gpg.run(*arguments, str(work.scratch / stored), passphrase=word))
            if is_open(runs[-1]) and inside.exists():
                return _kept(work, inside), None, _cipher(runs[-1])
    inside.unlink(missing_ok=True)
    return "", why_not(runs, had_words=bool(tried)), ""


def is_open(run: Run) -> bool:
    """Tell whether all of it was decrypted and is what was encrypted.

    gpg says "okay" and writes a file also where it then found the octets changed or stopped in
    the middle: only the exit status tells.
    """
    good = run.has("DECRYPTION_OKAY") and run.has("GOODMDC")
    bad = run.overflown or run.has("DECRYPTION_FAILED", "BADMDC", "ERROR", "NODATA", "UNEXPECTED")
    return good and not bad and run.returncode == 0


def why_not(runs: list[Run], *, had_words: bool) -> LockWhy:
    """Say why a lock stayed closed, from every attempt at it."""
    if any(_is_damaged(run) for run in runs):
        return LockWhy.DAMAGED
    if any(run.has("NEED_PASSPHRASE", "NEED_PASSPHRASE_SYM") for run in runs):
        return LockWhy.WRONG_WORD if had_words else LockWhy.NEEDS_WORD
    return LockWhy.NO_KEY if any(run.has("NO_SECKEY") for run in runs) else LockWhy.DAMAGED


def _is_damaged(run: Run) -> bool:
    """Tell whether the key of the message was found, and its octets did not come out whole."""
    # A word that is not the right one gives a key too, of which gpg says that it is none.
    is_wrong_word = any("BAD_PASSPHRASE" in rest for _, rest in run.lines)
    return run.has("DECRYPTION_INFO") and not is_wrong_word


def _kept(work: Unpacking, inside: Path) -> str:
    """Lay what came out among the files of the unpacking, where it counts."""
    with inside.open("rb") as file:
        written = work.write(iter(lambda: file.read(1024 * 1024), b""))
    inside.unlink()
    return written.stored


def _cipher(run: Run) -> str:
    """Name the cipher (RFC 9580 §9.3) for the evidence."""
    names = {"1": "idea", "2": "3des", "3": "cast5", "4": "blowfish", "7": "aes128"}
    names |= {"8": "aes192", "9": "aes256", "10": "twofish", "11": "camellia128"}
    names |= {"12": "camellia192", "13": "camellia256"}
    said = run.values("DECRYPTION_INFO")
    return names.get(said[0][1], "") if said and len(said[0]) > 1 else ""

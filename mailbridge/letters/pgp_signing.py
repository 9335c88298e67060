"""OpenPGP signatures of letters (PGP/MIME, RFC 3156 §5), for agencies that read nothing else.

The mailbox's secret key lies in a home of its own, apart from the homes of public keys by which
mails are checked. gpg finds there one key and an agent, and nothing that came by mail.
"""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mailbridge.isolation import gpg_agent
from mailbridge.isolation.gpg import Gpg, Run
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.errors import RefusedError

# RFC 9580 §9.5: SHA-256.
_SHA256 = "8"
# Of libgpg-error: the code within an error, and those of a passphrase that is wrong or not given.
_CODE = 0xFFFF
_PASSPHRASES = {11, 31, 177}


@dataclass(frozen=True, slots=True)
class PgpKey:
    """The exported secret key, its fingerprint, and the short path of a home for it alone."""

    file: Path
    fingerprint: str
    home: Path
    passphrase: Callable[[], str] | None = field(default=None, repr=False)


class PgpSigner:
    """Signs by gpg; the key is imported at the first letter, and again after a failure."""

    def __init__(self, key: PgpKey) -> None:
        self._key = key
        self._gpg: Gpg | None = None
        self._turn = threading.Lock()

    def sign(self, entity: bytes) -> bytes:
        """Give an armoured detached signature over the exact octets; raises UnsignedError."""
        with self._turn:
            if self._gpg is not None:
                try:
                    return self._signed(self._gpg, entity)
                except (OSError, UnsignedError):
                    # The agent has ended, or the home is gone: once more from the beginning.
                    self.forget()
            try:
                self._gpg = self._opened()
                return self._signed(self._gpg, entity)
            except OSError as error:
                self.forget()
                raise _away(f"gpg failed ({type(error).__name__})") from error
            except UnsignedError:
                self.forget()
                raise

    def forget(self) -> None:
        """End the agent and take the home away."""
        self._gpg = None
        gpg_agent.end(self._key.home)
        shutil.rmtree(self._key.home, ignore_errors=True)

    def _opened(self) -> Gpg:
        # An agent that outlived a killed service must not find its home made anew under it.
        self.forget()
        key = self._key
        try:
            key.home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            gpg = Gpg(key.home)
            gpg_agent.start(key.home)
            imported = gpg.run("--batch", "--import", "--", str(key.file))
        except (OSError, RefusedError) as error:
            raise _away(f"gpg cannot be used ({type(error).__name__})") from error
        found = {words[-1] for words in imported.values("IMPORT_OK")}
        if found != {key.fingerprint.upper()}:
            self.forget()
            raise _away(f"{key.file.name} does not hold the key of that fingerprint, and no other")
        return gpg

    def _signed(self, gpg: Gpg, entity: bytes) -> bytes:
        key = self._key
        content, seal = key.home / "entity", key.home / "seal"
        seal.unlink(missing_ok=True)
        content.write_bytes(entity)
        word = key.passphrase() if key.passphrase else None
        arguments = ("--batch", "--digest-algo", "SHA256", "--armor", "--output", str(seal))
        who = ("--local-user", key.fingerprint.upper(), "--detach-sign", "--", str(content))
        run = gpg.run(*arguments, *who, passphrase=word)
        content.unlink()
        _check(run)
        return seal.read_bytes()


def _check(run: Run) -> None:
    made = run.values("SIG_CREATED")
    if run.returncode == 0 and len(made) == 1 and made[0][2] == _SHA256:
        return
    # The status lines name causes; gpg's own words stay out of it.
    if run.has("KEYEXPIRED"):
        raise _away("the OpenPGP key has expired")
    failures = [int(words[-1]) & _CODE for words in run.values("FAILURE") if words[-1].isdecimal()]
    if not _PASSPHRASES.isdisjoint(failures):
        raise _away("the passphrase does not open the OpenPGP key")
    raise _away("gpg made no signature")


def _away(told: str) -> UnsignedError:
    return UnsignedError(KeyFault.OPENPGP, told)

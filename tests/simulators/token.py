"""Tokens of SoftHSM2 in a folder: initialised, filled, unplugged and plugged in again."""

import os
import subprocess
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "271828"
_OFFICER = "31415926"


class Hsm:
    """Tokens of one folder: the module reads where they lie whenever it is initialised."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tokens, self._away = folder / "tokens", folder / "away"
        self._tokens.mkdir()
        configuration = folder / "softhsm2.conf"
        configuration.write_text(f"directories.tokendir = {self._tokens}\nlog.level = ERROR\n")
        self._configuration = configuration

    def token(self, label: str) -> None:
        """Make an empty token; from now on the module looks into this folder."""
        os.environ["SOFTHSM2_CONF"] = str(self._configuration)
        _run("--init-token", "--free", "--label", label, "--so-pin", _OFFICER, "--pin", PIN)

    def put(
        self,
        token: str,
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        label: str = "ky-thu",
        number: str = "01",
    ) -> None:
        """Put a key pair on a token."""
        path = self._folder / "key.pem"
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        named = ("--token", token, "--label", label, "--id", number)
        _run("--import", str(path), *named, "--pin", PIN)
        path.unlink()

    def put_certificate(self, token: str, der: bytes, number: str = "01") -> None:
        """Put a certificate on a token."""
        path = self._folder / "certificate.der"
        path.write_bytes(der)
        command = ["pkcs11-tool", "--module", str(MODULE), "--token-label", token, "--login"]
        command += ["--pin", PIN, "--write-object", str(path), "--type", "cert", "--id", number]
        subprocess.run(command, check=True, capture_output=True)

    def unplug(self) -> None:
        """Take all tokens away."""
        self._tokens.rename(self._away)

    def plug_in(self) -> None:
        """Bring them back."""
        self._away.rename(self._tokens)


def _run(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)

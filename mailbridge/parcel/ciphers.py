"""Ciphers of locked CMS content: which are opened, and the opening with a content key."""

from dataclasses import dataclass

from asn1crypto import algos
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.padding import PKCS7

# What opening raises; why it failed is told to nobody.
FAILED = (ValueError, TypeError, InvalidTag, LookupError, OverflowError)
TRIPLE_DES = "tripledes_3key"
_SIZES = {
    f"aes{bits}_{mode}": bits // 8 for bits in (128, 192, 256) for mode in ("cbc", "gcm", "ccm")
} | {TRIPLE_DES: 24}
# RFC 5084 §3.1, §3.2: a shorter tag than 12 octets is one that can be guessed.
_SHORTEST_TAG = 12


@dataclass(frozen=True, slots=True)
class Locked:
    """Content under a cipher, with its tag and what is authenticated beside it, if any."""

    algorithm: algos.EncryptionAlgorithm
    octets: bytes
    tag: bytes = b""
    beside: bytes = b""

    @property
    def cipher(self) -> str:
        """Its name: "aes256_cbc"; the dotted identifier of one that is not known."""
        return str(self.algorithm["algorithm"].native)

    @property
    def key_size(self) -> int | None:
        """Octets of its key; None of a cipher that is not opened."""
        return _SIZES.get(self.cipher)

    def open(self, key: bytes) -> bytes:
        """Decrypt; raises one of `FAILED`, of which none may be told from another."""
        mode = self.cipher.rpartition("_")[2]
        if mode == "gcm":
            return self._open_gcm(key)
        if mode == "ccm":
            return self._open_ccm(key)
        # A tag that this cipher does not check would be taken for one that held.
        if self.tag:
            raise ValueError("a tag beside a cipher that has none")
        return self._open_cbc(key)

    def _open_cbc(self, key: bytes) -> bytes:
        block = TripleDES(key) if self.cipher == TRIPLE_DES else AES(key)
        initial = self.algorithm["parameters"].native
        decryptor = Cipher(block, modes.CBC(initial)).decryptor()
        padded = decryptor.update(self.octets) + decryptor.finalize()
        # RFC 5652 §6.3: as many octets of padding as each of them says.
        unpadder = PKCS7(block.block_size).unpadder()
        return unpadder.update(padded) + unpadder.finalize()

    def _open_gcm(self, key: bytes) -> bytes:
        # GCMParameters (RFC 5084 §3.2): the nonce, and the length of the tag, which shows itself.
        nonce = self.algorithm["parameters"].native["0"]
        mode = modes.GCM(nonce, self.tag, _SHORTEST_TAG)
        decryptor = Cipher(AES(key), mode).decryptor()
        decryptor.authenticate_additional_data(self.beside)
        return decryptor.update(self.octets) + decryptor.finalize()

    def _open_ccm(self, key: bytes) -> bytes:
        parameters = self.algorithm["parameters"]
        if len(self.tag) < _SHORTEST_TAG:
            raise ValueError("a short tag")
        opener = AESCCM(key, tag_length=len(self.tag))
        nonce = parameters["aes_nonce"].native
        return opener.decrypt(nonce, self.octets + self.tag, self.beside)

"""Signatures that lie beside the file that they sign: matched by name, proven by digest."""

from mailbridge.parcel import openpgp_files
from mailbridge.parcel.unpacking import Unpacking

_SIGNATURE = "application/pkcs7-signature"


def match(work: Unpacking) -> None:
    """Claim each detached signature for the file that it signs; what is left is named."""
    openpgp_files.match(work)
    for file in work.files:
        if file.type == _SIGNATURE and not file.refused:
            work.unsupported.append((file.path, "cms-detached-file"))

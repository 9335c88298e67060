"""Revocation lists before they are believed: genuine, complete, and newer than what is at hand."""

from pathlib import Path

from cryptography import x509

from mailbridge.model.trust_file import TrustFault, TrustFaultError, TrustFile
from mailbridge.provenance import crls, trust
from mailbridge.provenance.certificates import UNREADABLE
from mailbridge.provenance.importing import ders, listed, of_list


def lists(octets: bytes, folder: Path) -> tuple[tuple[TrustFile, tuple[TrustFile, ...]], ...]:
    """Read lists from DER or PEM, each with the older ones that it replaces.

    Raises TrustFaultError at the first that is not genuine or brings nothing.
    """
    try:
        found = [x509.load_der_x509_crl(der) for der in ders(octets)]
        return tuple((of_list(crl), _replaced(crl, folder)) for crl in found)
    except UNREADABLE as error:
        raise TrustFaultError(TrustFault.UNREADABLE) from error


def _replaced(crl: x509.CertificateRevocationList, folder: Path) -> tuple[TrustFile, ...]:
    new = of_list(crl)
    store = trust.load(folder)
    # RFC 5280 §5.2.4: a delta speaks of changes alone.
    if any(isinstance(each.value, x509.DeltaCRLIndicator) for each in crl.extensions):
        raise TrustFaultError(TrustFault.PARTIAL, new.issuer)
    issuers = (*store.roots, *store.certificates)
    candidate = trust.Crl(new.fingerprint, crl)
    if not any(crls.is_genuine(candidate, issuer, store.verified) for issuer in issuers):
        raise TrustFaultError(TrustFault.UNKNOWN_ISSUER, new.issuer)
    same = [
        one
        for one in listed(folder)
        if one.kind is new.kind and (one.issuer, one.scope) == (new.issuer, new.scope)
    ]
    if any(one.fingerprint == new.fingerprint for one in same):
        raise TrustFaultError(TrustFault.ALREADY_THERE, new.issuer)
    if any(one.starts and new.starts and one.starts >= new.starts for one in same):
        raise TrustFaultError(TrustFault.OLDER, new.issuer)
    return tuple(same)

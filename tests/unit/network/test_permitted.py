"""Nobody is asked whom the settings do not name."""

import subprocess
import sys

from mailbridge.model.examination import WantKind
from mailbridge.network.permitted import permitted


def test_what_may_not_be_asked_is_not_there() -> None:
    assert permitted(dns=False, revocation=False, hosts=(), cache=None) is None
    names_only = permitted(dns=True, revocation=False, hosts=(), cache=None)
    assert names_only is not None
    assert names_only.resolver is not None
    assert names_only.fetcher is None
    assert names_only.kinds == {WantKind.TXT}
    lists_only = permitted(dns=False, revocation=True, hosts=("crl.vn",), cache=None)
    assert lists_only is not None
    assert lists_only.resolver is None
    assert lists_only.fetcher is not None
    assert lists_only.kinds == {WantKind.CRL, WantKind.OCSP}


def test_what_is_not_asked_yet_is_not_loaded() -> None:
    probe = (
        "import sys; from mailbridge.network.permitted import permitted;"
        "permitted(dns=True, revocation=True, hosts=(), cache=None);"
        "print('dns' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

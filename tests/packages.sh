#!/bin/bash
# The Debian packages the tests need: checked, installed where that is allowed, else named.
set -euo pipefail

packages=(
    dovecot-imapd dovecot-lmtpd gnupg libnet-ssleay-perl mutt opensc openssl poppler-utils postfix
    postgresql-15 softhsm2 strace swaks tesseract-ocr tesseract-ocr-vie
)

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

line="apt-get install --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
    as_root=(env)
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n env)
else
    echo "The tests need Debian packages that are not installed. As root:" >&2
    echo "    $line" >&2
    exit 1
fi

# The packages' own services must not start: the tests bring configurations and ports of their own.
# The lines run as root in one shell, so that the policy is put back however they end.
"${as_root[@]}" DEBIAN_FRONTEND=noninteractive bash -s -- "${missing[@]}" <<'ROOT'
set -euo pipefail
policy=/usr/sbin/policy-rc.d
kept=$(mktemp -d)
[ ! -e "$policy" ] || cp -a "$policy" "$kept/policy"
restore() {
    rm -f "$policy"
    [ ! -e "$kept/policy" ] || cp -a "$kept/policy" "$policy"
    rm -rf "$kept"
}
trap restore EXIT
printf '#!/bin/sh\nexit 101\n' > "$policy"
chmod 755 "$policy"
apt-get update -qq < /dev/null
apt-get install -y -qq --no-install-recommends "$@" < /dev/null
ROOT

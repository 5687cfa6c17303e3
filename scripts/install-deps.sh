#!/usr/bin/env bash
# Installs the Debian packages of lists beside this file (packages.txt when none is named). Does
# nothing, and asks for no network, when all are there. Works as root or through sudo.
# Usage: install-deps.sh [LIST…]
set -euo pipefail
cd "$(dirname "$0")"
(($#)) || set -- packages.txt

names=$(cat -- "$@")
missing=()
while read -r package; do
    [[ -z $package || $package == \#* ]] && continue
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $state == installed ]] || missing+=("$package")
done <<<"$names"
((${#missing[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || {
        echo "install-deps: run as root, or install: ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1 </dev/null || {
        tail -n 20 "$log" >&2
        echo "install-deps: failed: $*" >&2
        exit 1
    }
}
echo "installing ${#missing[@]} Debian packages …"
quietly apt-get -o Acquire::Retries=3 update
quietly apt-get -o Acquire::Retries=3 install -y --no-install-recommends "${missing[@]}"

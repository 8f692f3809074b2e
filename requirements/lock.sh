#!/bin/sh
# Renews both lock files: exact versions with hashes, no index address. Usage: lock.sh UV
set -eu
cd "$(dirname "$0")/.."
compile() {
    "$1" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
        pyproject.toml requirements/build.in $3 -o "requirements/$2.lock"
}
compile "$1" core ""
compile "$1" dev "--extra dev --extra desk"

#!/bin/sh
# Renews the lock files: exact versions with hashes, no index address. Usage: lock.sh UV
#   core.lock     the bare package           install.lock  with the desk and office documents
#   dev.lock      all that the tests use
set -eu
cd "$(dirname "$0")/.."
uv=$1
compile() {
    lock=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
        pyproject.toml requirements/build.in "$@" -o "requirements/$lock.lock"
}
compile core
compile install --extra desk --extra documents
compile dev --extra dev

#!/bin/sh
# Makes .venv and installs the hashed requirements into it; called by the Makefile when they have changed.
#     scripts/environment.sh STAMP      (STAMP is made at the end, so that the next call is not needed)
set -eu
stamp=$1

right_python() { # a Python of 3.11 or later that really runs
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or later was not found. Set PYTHON to its path." >&2
    exit 1
}

with_uv() {
    uv --version >/dev/null 2>&1 || return 1
    [ -x .venv/bin/python ] || uv venv --quiet --no-python-downloads --python "$(command -v "$python")" .venv || return 1
    uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/dev.txt
}

with_pip() {
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    .venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --upgrade-deps .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
}

python=$(right_python)
if [ -e .venv ] && ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    rm -rf .venv # made by a Python that has gone, or is too old
fi
echo "Installing the requirements into .venv (only when they have changed)"
with_uv || with_pip
rm -f .venv/.requirements-*
touch "$stamp"

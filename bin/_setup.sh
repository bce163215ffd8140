# Sourced by bin/demo, bin/test and .ci/run: a virtual environment with the locked dependencies.
# Runs under bash 3.2 (macOS). A second call with unchanged locks does nothing.
# shellcheck shell=bash

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=$root/.venv
stamp=$venv/.enplan-installed
install_log=$venv/install.log
export PIP_DISABLE_PIP_VERSION_CHECK=1

give_up() {
    printf '%s\n' "$*" >&2
    exit 2
}

find_python() {
    local name
    for name in python3.11 python3.12 python3.13 python3.14 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    give_up "Python 3.11 or newer is needed. Install it (Debian: apt install python3 python3-venv," \
        "macOS: brew install python@3.11), then start again."
}

make_venv() {
    local python
    if "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        return
    fi
    python=$(find_python)
    # Debian keeps pip for virtual environments in a package of its own; the system's pip will do.
    "$python" -m venv --clear "$venv" >/dev/null 2>&1 ||
        "$python" -m venv --clear --without-pip "$venv" >/dev/null 2>&1 ||
        give_up "$python cannot make a virtual environment in $venv: is the directory writable," \
            "and the module venv there (Debian: apt install python3-venv)?"
}

# What went wrong while installing, in one line.
explain_install() {
    local network='dns error|error sending request|failed to fetch|could not connect|connect error'
    network="$network|connection|network|timed out|name resolution|no matching distribution"
    if grep -qiE "$network" "$install_log"; then
        give_up "The Python package index cannot be reached. Check the network, then start again" \
            "(details: $install_log)."
    fi
    give_up "The dependencies could not be installed; see $install_log."
}

find_uv() {
    local candidate
    for candidate in uv "$venv/bin/uv"; do
        if "$candidate" --version >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# Without uv on this machine: install it into the virtual environment, by whichever pip there is.
install_uv() {
    local pip=("$venv/bin/python" -m pip)
    if ! "${pip[@]}" --version >/dev/null 2>&1; then
        pip=("$(find_python)" -m pip --python "$venv/bin/python")
        "${pip[@]}" --version >/dev/null 2>&1 ||
            give_up "pip is missing. Install it (Debian: apt install python3-pip)," \
                "then start again."
    fi
    "${pip[@]}" install --quiet --retries 2 --require-hashes --requirement "$root/requirements/uv.txt" \
        >>"$install_log" 2>&1 || explain_install
}

# A lock's line in the stamp file: what was installed, from which content, for which checkout.
stamp_line() {
    printf '%s %s\n' "$1" \
        "$(cat "$root/requirements/$1.txt" "$root/pyproject.toml" <(printf '%s' "$root") | cksum)"
}

# install_locked runtime|dev: the locked packages and the project itself. Everything that runtime
# needs is in dev too.
install_locked() {
    local lock=$1 uv
    make_venv
    if grep -qsxF "$(stamp_line "$lock")" "$stamp"; then
        return
    fi
    printf 'Installing the locked Python packages into %s …\n' "$venv" >&2
    : >"$install_log"
    uv=$(find_uv)
    if [ -z "$uv" ]; then
        install_uv
        uv=$venv/bin/uv
    fi
    "$uv" pip install --quiet --python "$venv/bin/python" --require-hashes \
        --requirement "$root/requirements/$lock.txt" >>"$install_log" 2>&1 || explain_install
    "$uv" pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation \
        --editable "$root" >>"$install_log" 2>&1 || explain_install
    stamp_line runtime >"$stamp"
    if [ "$lock" = dev ]; then
        stamp_line dev >>"$stamp"
    fi
}

# Sourced by samples/run and tests/run: finds a Python and makes .venv with it.
# Says what is missing instead of failing somewhere inside pip.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=${KGISHEET_VENV:-$root/.venv}

# The first Python that is new enough and can make environments: $PYTHON if that is set; the distribution's before those of a
# version manager, which by default are built without optimizations and take a third longer for everything.
find_python() {
    local candidate too_old="" no_venv=""
    for candidate in "${PYTHON:-/usr/bin/python3}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        "$candidate" -c 'import sys' >/dev/null 2>&1 || continue
        if ! "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            too_old="$candidate"
        elif ! "$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            no_venv="$candidate"
        else
            python=$candidate
            return 0
        fi
    done
    if [ -n "$no_venv" ]; then
        echo "kgisheet: $no_venv lacks its venv module. On Debian and Ubuntu: apt install python3-venv" >&2
    elif [ -n "$too_old" ]; then
        echo "kgisheet: $too_old is $("$too_old" -V 2>&1 | cut -d' ' -f2); Python 3.11 or newer is needed" >&2
    else
        echo "kgisheet: no Python found; install Python 3.11 or newer (https://www.python.org/)" >&2
    fi
    return 1
}

# make_env EXTRAS: an environment of its own, so that a distribution's
# "externally managed" Python is left alone. Installs again only after a change.
make_env() {
    local wanted stamp="$venv/.kgisheet-installed"
    wanted="$root $1 $(cksum < "$root/pyproject.toml")"
    [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    if [ ! -x "$venv/bin/python" ]; then
        find_python || return 1
        "$python" -m venv "$venv" || return 1
    fi
    echo "kgisheet: installing into $venv ..." >&2
    # Of what is installed a tenth is ever imported: compiled when it is, not now.
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile -e "$root$1" || {
        echo "kgisheet: pip could not install the dependencies (no network?)" >&2
        return 1
    }
    # As an installed wheel would be: a machine that writes no bytecode compiles 50 modules at every start.
    "$venv/bin/python" -m compileall -q "$root/kgisheet" || true
    (cd "$root" && "$venv/bin/python" -m kgisheet.template.precompile) || true
    printf '%s' "$wanted" > "$stamp"
}

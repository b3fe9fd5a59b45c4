#!/bin/sh
# Serves the dashboard where it shall run for good: in the container, under systemd, anywhere.
# Builds the tables first where there are none, then becomes the server. Never installs anything.
# Reads BANMIAN_TABLES (tables), BANMIAN_SOURCES (what they are built from, a path a line; the
# bundled articles), BANMIAN_ISSUE_DATE and BANMIAN_PUBLICATION (what the build is told of them),
# BANMIAN_HOST (localhost) and BANMIAN_PORT (8501). Uploads and corrections stay off unless
# BANMIAN_UPLOADS=1 or BANMIAN_EDITORS is set.
set -eu
cd "$(dirname "$0")/.."
python=${BANMIAN_PYTHON:-.venv/bin/python}
command -v "$python" >/dev/null 2>&1 || python=python3
export BANMIAN_TABLES="${BANMIAN_TABLES:-tables}" BANMIAN_LOG="${BANMIAN_LOG:-json}"

built() {
    case $BANMIAN_TABLES in
        *://*) "$python" -m etl versions --tables "$BANMIAN_TABLES" >/dev/null ;;
        *) [ -e "$BANMIAN_TABLES/current" ] ;;
    esac
}

build() {
    set -f
    old=$IFS
    IFS='
'
    # shellcheck disable=SC2086
    set -- ${BANMIAN_SOURCES:-data/corpus}
    IFS=$old
    set -- "$@" --out "$BANMIAN_TABLES"
    [ -z "${BANMIAN_ISSUE_DATE:-}" ] || set -- "$@" --issue-date "$BANMIAN_ISSUE_DATE"
    [ -z "${BANMIAN_PUBLICATION:-}" ] || set -- "$@" --publication "$BANMIAN_PUBLICATION"
    "$python" -m etl build "$@"
}

# Of several servers that start at once on the same folder one builds, the others wait for it (1).
# A wrong call (2) does not get better by waiting, nor does a build that is done but for some (3).
turns=0
until built; do
    status=0
    build || status=$?
    [ "$status" -eq 1 ] || break
    turns=$((turns + 1))
    [ "$turns" -lt "${BANMIAN_TURNS:-60}" ] || break
    sleep 5
done
built || { echo "There are no tables in $BANMIAN_TABLES, and they could not be built." >&2; exit 1; }

"$python" -c 'from dashboard import fonts; fonts.ensure_web_font()'
exec "$python" -m streamlit run serve.py \
    --server.address "${BANMIAN_HOST:-localhost}" --server.port "${BANMIAN_PORT:-8501}" \
    --server.headless true

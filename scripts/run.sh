#!/bin/sh
# Builds the tables where they are missing or older than their sources, then opens the dashboard.
# Called by `make run`, which makes .venv first. Reads CORPUS, ISSUE_DATE, PUBLICATION,
# BANMIAN_PORT and BANMIAN_HOST (localhost: nobody else reaches it, so /add is on, and the reader
# may correct). BANMIAN_KEEP names the folder that /add keeps files in; it is built with the rest.
# BANMIAN_CORRECTIONS names the file of corrections that is replayed: data/corrections.jsonl, or
# for a corpus of your own CORPUS.corrections.jsonl; BANMIAN_EDITORS says who may correct.
set -u
# Who runs it sits in front of it: words, and only what went wrong.
export BANMIAN_LOG="${BANMIAN_LOG:-text}" BANMIAN_LOG_LEVEL="${BANMIAN_LOG_LEVEL:-warning}"
python=.venv/bin/python
port=${BANMIAN_PORT:-8501}

build() {
    "$python" -m etl build "$@"
    status=$?
    # 3: some sources were left out, and said so; the others are built.
    [ "$status" -eq 0 ] || [ "$status" -eq 3 ] || exit "$status"
    return "$status"
}

# Only who sits at this machine can reach it: the reader is the owner.
case "${BANMIAN_HOST:-localhost}" in
    localhost | 127.0.0.1 | ::1)
        BANMIAN_UPLOADS=${BANMIAN_UPLOADS:-1}
        BANMIAN_EDITORS=${BANMIAN_EDITORS-*}
        ;;
esac
export BANMIAN_UPLOADS="${BANMIAN_UPLOADS:-0}" BANMIAN_EDITORS="${BANMIAN_EDITORS:-}"
kept=
[ -n "${BANMIAN_KEEP:-}" ] && [ -n "$(ls "$BANMIAN_KEEP" 2>/dev/null)" ] && kept=$BANMIAN_KEEP

corpus=${CORPUS:-data/corpus}
corrections=data/corrections.jsonl
# What is corrected in somebody's own corpus lies beside it; a pattern has no such place.
[ -n "${CORPUS:-}" ] && corrections=
[ -n "${CORPUS:-}" ] && [ -e "$CORPUS" ] && corrections=${CORPUS%/}.corrections.jsonl
export BANMIAN_CORRECTIONS="${BANMIAN_CORRECTIONS-$corrections}"
# With these the dashboard builds again what it shows.
export BANMIAN_SOURCES="$corpus" BANMIAN_ISSUE_DATE="${ISSUE_DATE:-}"
export BANMIAN_PUBLICATION="${PUBLICATION:-}"

# The font for the browser is made once (about 9 s), while the tables are being built.
"$python" -c 'from dashboard import fonts; fonts.ensure_web_font()' &
font=$!

if [ -n "${CORPUS:-}" ]; then
    tables=.cache/tables/$(printf '%s' "$CORPUS" | cksum | cut -d ' ' -f 1)
    mkdir -p .cache/tables
    rm -rf "$tables"
    set -- "$CORPUS" ${kept:+"$kept"} --out "$tables"
    [ -n "${ISSUE_DATE:-}" ] && set -- "$@" --issue-date "$ISSUE_DATE"
    [ -n "${PUBLICATION:-}" ] && set -- "$@" --publication "$PUBLICATION"
    build "$@"
    if [ ! -e "$tables/current" ]; then
        echo "Nothing could be read from $CORPUS, so there is nothing to show."
        exit 3
    fi
else
    tables=tables
    stamp=.cache/built
    corrected=
    [ -f "$BANMIAN_CORRECTIONS" ] && corrected=$BANMIAN_CORRECTIONS
    mkdir -p .cache
    if [ ! -e "$tables/current" ] || [ ! -e "$stamp" ] \
        || [ -n "$(find data/corpus data/reference etl ${kept:+"$kept"} ${corrected:+"$corrected"} -newer "$stamp" ! -name '*.pyc' ! -name __pycache__ | head -n 1)" ]; then
        build data/corpus ${kept:+"$kept"} --out "$tables" && touch "$stamp"
    fi
fi

wait "$font"
printf '\nThe dashboard is at http://localhost:%s  (stop it with Ctrl-C)\n\n' "$port"
BANMIAN_TABLES=$tables exec "$python" -m streamlit run serve.py --server.port "$port" \
    --server.address "${BANMIAN_HOST:-localhost}" --server.headless true

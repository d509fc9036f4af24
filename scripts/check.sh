#!/bin/sh
# Every check of `make check`. All run, whatever fails; the number of failures is said at the end.
set -u
bin=.venv/bin
python=$bin/python
failed=""
count=0

check() { # check "what it is" command…
    what=$1
    shift
    began=$(date +%s)
    if output=$("$@" 2>&1); then
        echo "ok      $what ($(($(date +%s) - began)) s)"
    else
        echo "FAILED  $what ($(($(date +%s) - began)) s): $*"
        printf '%s\n' "$output" | tail -n 60 | sed 's/^/        /'
        failed="$failed
        $what"
        count=$((count + 1))
    fi
}

templates() { # djlint exits 1 when it finds no file at all
    find templates -name '*.html' 2>/dev/null | grep -q . || return 0
    "$bin/djlint" "$@" templates
}

served() { "$python" -m rasso.launcher with-servers --quiet -- "$@"; }

check "Python is in the house's form" "$bin/ruff" format --check .
check "Python follows the house's rules" "$bin/ruff" check .
check "types" "$bin/mypy" .
check "imports run down only" "$bin/lint-imports"
check "templates follow the house's rules" templates --lint --quiet
check "the house's own rules" "$python" scripts/lint_house.py
check "models and migrations agree" served "$python" manage.py makemigrations --check --dry-run
check "production settings are safe" served scripts/production_env.sh "$python" manage.py check --deploy --fail-level WARNING
check "generated documents are up to date" served "$python" manage.py generate_docs --check

if [ "$count" -gt 0 ]; then
    echo "$count failed:$failed"
    exit 1
fi
echo "all checks passed"

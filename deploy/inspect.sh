#!/usr/bin/env bash
# Shows a run's messages as they pass, or one problem's whole history.
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

case ${1-} in
tap | trace) on_run "$@" ;;
*)
    fail "usage: inspect.sh tap [--run DIR] [--queue Q] [--type T] [--problem ID] [--json] [--count N]" \
        "       inspect.sh trace PROBLEM [--run DIR] [--json]"
    ;;
esac

#!/usr/bin/env bash
# Drains and ends a run that start.sh started: deploy/stop.sh [--run DIR]
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

run=$(run_folder "$@")
[ -f "$run/run.pid" ] || fail "$run was not started by start.sh. Press Ctrl-C where it runs."
process=$(cat "$run/run.pid")

# The command line of a process, nothing if there is none. A small Linux has no ps.
command_of() {
    if [ -d /proc/self ]; then
        tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" || true
    else
        ps -o command= -p "$1" 2>/dev/null || true
    fi
}

# The number may belong to another program by now.
case $(command_of "$process") in
*eightfold*run*) ;;
*)
    echo "The run in $run has ended."
    exit 0
    ;;
esac
kill -TERM "$process"
for ((count = 0; count < 600; count++)); do
    if ! kill -0 "$process" 2>/dev/null; then
        echo "The run in $run has ended; go on with it later by: $eightfold run --resume --run $run"
        exit 0
    fi
    sleep 0.2
done
fail "The run in $run did not end within two minutes; it is process $process, and its log is $run/run.log."

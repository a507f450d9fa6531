#!/usr/bin/env bash
# Starts a run, or one more service of a run, in the background; both outlive the shell.
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage="usage: start.sh RECIPE.yaml [--run DIR] [options of 'eightfold run']    returns when the run is ready
       start.sh ROLE --hub ENDPOINT [options of the service]         ROLE: generator, sampler, verifier, advantage, learner"

# Starts a command away from this shell's terminal and process group; its process id is then in $started.
start_detached() {
    local log=$1
    shift
    if command -v setsid >/dev/null; then
        setsid nohup "$@" >>"$log" 2>&1 </dev/null &
    else
        nohup "$@" >>"$log" 2>&1 </dev/null &
    fi
    started=$!
}

# Ends this script with the exit code of the started process, which has ended, and the last it said.
report_end() {
    local code=0
    wait "$started" || code=$?
    tail -n 20 "$2" >&2
    printf '%s ended with exit code %s; its log is %s.\n' "$1" "$code" "$2" >&2
    exit "$code"
}

start_service() {
    local role=$1 log service count
    shift
    case " $* " in
    *" --hub "[!-]* | *" --hub="[!\ ]*) ;;
    *) fail "A service joins a running hub: --hub ENDPOINT is missing." "$usage" ;;
    esac
    service=$root/.build/release/eightfold-$role
    [ -x "$service" ] || require_build
    mkdir -p "$root/runs"
    log=$root/runs/$role-$(date +%Y%m%d-%H%M%S)-$$.log
    start_detached "$log" "$service" "$@"
    # A refused option or key shows at once.
    for ((count = 0; count < 10; count++)); do
        sleep 0.1
        kill -0 "$started" 2>/dev/null || report_end "The $role" "$log"
    done
    printf 'The %s is process %s; its log is %s.\nEnd it: kill %s\n' "$role" "$started" "$log" "$started"
}

start_run() {
    local recipe=$1 run log waiter
    shift
    require_build
    names_run "$@" || set -- "$@" --run "$(fresh_run_folder "$(basename "${recipe%.*}")")"
    run=$(make_run_folder "$(run_folder "$@")")
    log=$run/run.log
    start_detached "$log" "$eightfold" run "$recipe" "$@"
    printf '%s\n' "$started" >"$run/run.pid"

    "$eightfold" status --run "$run" --wait-ready >/dev/null &
    waiter=$!
    while kill -0 "$waiter" 2>/dev/null; do
        if ! kill -0 "$started" 2>/dev/null; then
            kill "$waiter" 2>/dev/null || true # It may have ended by itself since.
            report_end "The run" "$log"
        fi
        sleep 0.1
    done
    wait "$waiter" || fail "The run is not ready; its log is $log. End it: $root/deploy/stop.sh --run $run"
    printf 'The run is ready in %s; its log is %s.\n' "$run" "$log"
}

case ${1-} in
"" | -*) fail "$usage" ;;
generator | sampler | verifier | advantage | learner) start_service "$@" ;;
*)
    [ -f "$1" ] || fail "$1 is neither a recipe's file nor a role." "$usage"
    start_run "$@"
    ;;
esac

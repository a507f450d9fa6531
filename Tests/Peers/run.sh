#!/usr/bin/env bash
# Runs the smoke recipe with a verifier in another language as its only one, and checks in the ledger that it graded all.
# It installs nothing: it needs the executables, and the Python packages pyzmq and grpcio-tools.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${EIGHTFOLD_BUILD:-$root/.build/release}
python=${PYTHON:-python3}

fail() {
    printf '%s\n' "$1" >&2
    exit "${2:-1}"
}

[ -x "$build/eightfold" ] || fail "There are no executables in $build; run swift build -c release, or set EIGHTFOLD_BUILD." 2
"$python" -c 'import zmq, grpc_tools' 2>/dev/null ||
    fail "$python lacks the packages pyzmq and grpcio-tools; install them, or set PYTHON." 2

place=$(mktemp -d)
run=$place/run
started=()
end() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    wait
    rm -rf "$place"
}
trap end EXIT

"$build/eightfold" run "$root/deploy/recipes/smoke.yaml" --run "$run" --set services.verifiers=0 >"$place/run.log" 2>&1 &
started+=($!)
for ((count = 0; count < 300; count++)); do
    [ ! -e "$run/endpoints.json" ] || break
    kill -0 "${started[0]}" 2>/dev/null || fail "The run did not start: $(tail -n 5 "$place/run.log")"
    sleep 0.1
done
hub=$("$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["hub"])' "$run/endpoints.json")

"$python" "$root/Tests/Peers/python_verifier.py" --hub "$hub" &
started+=($!)
wait "${started[0]}" || fail "The run failed: $(tail -n 5 "$place/run.log")"
wait "${started[1]}" || fail "The verifier failed."

"$python" - "$run/ledger.sqlite" <<'CHECK'
import sqlite3, sys

ledger = sqlite3.connect(sys.argv[1])
def one(query): return ledger.execute(query).fetchone()[0]

state = one("SELECT value FROM meta WHERE key = 'state'")
rollouts = one("SELECT COUNT(*) FROM items WHERE queue = 4")
graded = one("""SELECT COUNT(*) FROM leases JOIN items ON items.seq = leases.item JOIN sessions ON sessions.id = leases.session
    WHERE leases.end = 1 AND items.queue = 4 AND sessions.name = 'python-verifier'""")
errors = one("SELECT COUNT(*) FROM slots WHERE end = 3")
dead = one("SELECT COUNT(*) FROM items WHERE state = 3")
print(f"run {state}; {graded} of {rollouts} rollouts graded by the peer; {errors} errors, {dead} dead letters")
# The recipe samples 64 + 64 * 4 + 64 rollouts, and continuations.
sys.exit(0 if state == "finished" and graded == rollouts >= 384 and errors == dead == 0 else 1)
CHECK

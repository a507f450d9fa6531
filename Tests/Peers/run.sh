#!/usr/bin/env bash
# Holds this project against programs of others: the smoke recipe with a panel of our verifier and one in another language,
# where both must have graded all of the ledger's rollouts and agreed; then the log-probabilities of models and adapters that we wrote, which
# the engines of others that are installed must share (requirements.txt has one of them, requirements-full.txt all);
# then the tokens of many lines, which Hugging Face's tokenizers must share, with the model of models/ where it is there.
# It installs nothing: it needs the executables and the tests, built, and the Python packages of requirements.txt.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${EIGHTFOLD_BUILD:-$root/.build/release}
python=${PYTHON:-python3}

fail() {
    printf '%s\n' "$1" >&2
    exit "${2:-1}"
}

[ -x "$build/eightfold" ] || fail "There are no executables in $build; run swift build -c release, or set EIGHTFOLD_BUILD." 2
"$python" -c 'import zmq, grpc_tools, tokenizers, xllamacpp' 2>/dev/null ||
    fail "$python lacks packages: $python -m pip install -r $root/Tests/Peers/requirements.txt, or set PYTHON." 2

place=$(mktemp -d)
run=$place/run
started=()
end() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    wait
    rm -rf "$place"
}
trap end EXIT

"$build/eightfold" run "$root/deploy/recipes/smoke.yaml" --run "$run" \
    --set verification.verifiers='[exact, reader]' --set verification.rule=all-agree >"$place/run.log" 2>&1 &
started+=($!)
for ((count = 0; count < 300; count++)); do
    [ ! -e "$run/endpoints.json" ] || break
    kill -0 "${started[0]}" 2>/dev/null || fail "The run did not start: $(tail -n 5 "$place/run.log")"
    sleep 0.1
done
hub=$("$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["hub"])' "$run/endpoints.json")

"$python" "$root/docs/examples/verifier/verifier.py" --hub "$hub" &
started+=($!)
wait "${started[0]}" || fail "The run failed: $(tail -n 5 "$place/run.log")"
wait "${started[1]}" || fail "The verifier failed."

"$python" - "$run/ledger.sqlite" <<'CHECK'
import sqlite3, sys

ledger = sqlite3.connect(sys.argv[1])
def one(query): return ledger.execute(query).fetchone()[0]

state = one("SELECT value FROM meta WHERE key = 'state'")
def graded(name): return one(f"""SELECT COUNT(*) FROM leases JOIN items ON items.seq = leases.item
    JOIN sessions ON sessions.id = leases.session
    WHERE leases.end = 1 AND items.queue = 4 AND sessions.name = '{name}'""")

rollouts = one("SELECT COUNT(*) FROM items WHERE queue = 4 AND verifier = 0")
own, peer = graded("verifier-1"), graded("python-verifier")
errors = one("SELECT COUNT(*) FROM slots WHERE end = 3")
dead = one("SELECT COUNT(*) FROM items WHERE state = 3")
print(f"run {state}; of {rollouts} rollouts {own} graded by us and {peer} by the peer; {errors} errors, {dead} dead letters")
# The recipe samples 64 + 64 * 4 + 64 rollouts, and continuations.
sys.exit(0 if state == "finished" and own == peer == rollouts >= 384 and errors == dead == 0 else 1)
CHECK

cd "$root"
"$root/Tests/Peers/models.sh"

model=${EIGHTFOLD_MODEL:-$root/models/smollm2-135m.gguf}
lines=("$python" "$root/Tests/Peers/tokenizer_lines.py")
if [ -f "$model" ]; then
    "${lines[@]}" make "$place/lines" "$model"
else
    printf '%s\n' "No model at $model: its vocabulary is left out. deploy/fetch-model.sh smollm2-135m puts it there."
    "${lines[@]}" make "$place/lines"
fi
EIGHTFOLD_PEER_FOLDER=$place/lines swift test --skip-build --filter PeerLines >"$place/lines.log" 2>&1 ||
    fail "The lines were not encoded: $(tail -n 5 "$place/lines.log")"
"${lines[@]}" compare "$place/lines"

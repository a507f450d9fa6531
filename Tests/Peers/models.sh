#!/usr/bin/env bash
# Holds what this project writes against engines of others: the tokens, prompts and log-probabilities of models and adapters
# in every format; then, of the run whose folder is given, the accuracy of its last evaluation, solved again by llama.cpp.
#
# usage: models.sh [RUN]
#
# It installs nothing: it needs the tests, built, for a run the executables too, and the Python packages of
# requirements.txt. Engines of requirements-full.txt that are not installed are skipped by name, and SmolLM2 where it is not
# in models/. Set PYTHON to the Python that has the packages, EIGHTFOLD_BUILD to where the executables are.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${EIGHTFOLD_BUILD:-$root/.build/release}
python=${PYTHON:-python3}
peers=$root/Tests/Peers
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

(cd "$root" && EIGHTFOLD_PEER_FOLDER=$place/models swift test --skip-build --filter PeerFiles) >"$place/log" 2>&1 || {
    printf '%s\n' "The models for other engines were not written: $(tail -n 5 "$place/log")" >&2
    exit 1
}
[ -e "$place/models/smollm2.jsonl" ] ||
    echo "SmolLM2 is skipped: it is not in models/; deploy/fetch-model.sh smollm2-135m puts it there."
"$python" "$peers/compare_models.py" "$place/models"
rm -rf "$place/models"

if [ $# -eq 0 ]; then
    echo "The accuracy of a run is skipped: no run's folder was given."
    exit
fi
"$python" "$peers/run_problems.py" "$1" >"$place/problems.jsonl"
policy=$("$python" -c 'import json, sys; print(json.loads(sys.stdin.readline())["policy"])' <"$place/problems.jsonl")
"$build/eightfold" export --run "$1" --policy "$policy" --to "$place/model.gguf"
"$python" "$peers/llama_cpp_accuracy.py" "$place/model.gguf" "$place/problems.jsonl"

#!/usr/bin/env bash
# Compares the speed of this project's engine with llama.cpp's and PyTorch's on this CPU, in one sitting, and prints a table:
# deploy/compare-peers.sh [REPETITIONS] [--only WORK[,WORK]] [--threads N] [--quick]; --help says more.
#
# The first time it installs the peers into .build/speed-peers, where llama.cpp is compiled for this CPU, which takes minutes
# on two cores; what cannot be installed is reported in its rows. The model must be in models/, and 2 GB of disk are taken
# for its copies in the peers' formats. Set EIGHTFOLD_BUILD to where the executables are.
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

build=${EIGHTFOLD_BUILD:-$root/.build/release}
peers=$root/Tests/Peers
model=$root/models/smollm2-135m.gguf
place=$root/.build/speed-peers
results=$root/.build/compare-peers
compiled=llama-cpp-python

compare=(python3 "$peers/compare_speed.py" --eightfold "$build/eightfold" --python "$place/bin/python"
    --model "$model" --models "$root/.build/speed-models")
command -v python3 >/dev/null || fail "The peers are Python packages. Install python3 and python3-venv."
for argument in "$@"; do
    case $argument in -h | --help) exec "${compare[@]}" --raw none --help ;; esac
done
[ -x "$build/eightfold" ] ||
    fail "There are no executables in $build; run swift build -c release, or set EIGHTFOLD_BUILD."
[ -e "$model" ] || fail "There is no model at $model. Run: deploy/fetch-model.sh smollm2-135m"

# install NAME ARGUMENTS…: installs packages by pip once, as long as what is wanted stays the same. Says why it fails, in
# `reason`.
install() {
    local name=$1 log
    shift
    reason=""
    if cmp -s "$peers/requirements-speed.txt" "$place/$name.installed"; then return; fi
    log=$place/$name.log
    echo "Installing $name; $log tells how it goes." >&2
    if "$place/bin/python" -m pip install --disable-pip-version-check "$@" >"$log" 2>&1; then
        cp "$peers/requirements-speed.txt" "$place/$name.installed"
    else
        reason="pip could not install it; $log tells why"
    fi
}

# One that was cut off has Python before it has pip.
if ! "$place/bin/python" -m pip --version >/dev/null 2>&1; then
    python3 -m venv --clear "$place" >&2 || fail "Python makes no environment in $place. Install python3-venv."
fi
wanted=$(grep "^$compiled==" "$peers/requirements-speed.txt")
if [ -e "$place/llama.cpp.installed" ] || command -v c++ >/dev/null; then
    # Never a package that was compiled elsewhere, or for another CPU; two jobs, which take 2 GB of memory.
    export CMAKE_BUILD_PARALLEL_LEVEL=2 CMAKE_ARGS="-DGGML_NATIVE=ON -DLLAVA_BUILD=OFF"
    install llama.cpp --no-cache-dir --no-binary "$compiled" "$wanted"
else
    reason="it is compiled, and there is no C++ compiler; install g++"
fi
[ -z "$reason" ] || compare+=(--missing "speed_llama_cpp.py=$reason")
grep -v "^$compiled==" "$peers/requirements-speed.txt" >"$place/requirements.txt"
install PyTorch --requirement "$place/requirements.txt"
[ -z "$reason" ] || compare+=(--missing "speed_torch.py=$reason")

mkdir -p "$results"
number=1
while [ -e "$results/$number.jsonl" ]; do number=$((number + 1)); done
exec "${compare[@]}" --raw "$results/$number.jsonl" "$@"

# Comparing the engine's speed with its peers'. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2154 # Stand-ins expand when they run; place and copy come from run.sh.

new_copy
mkdir "$copy/Tests"
cp -R "$sources/Tests/Peers" "$copy/Tests/Peers"
compare="$copy/deploy/compare-peers.sh"
line() { printf 'echo "{\\"tokens\\": %s, \\"seconds\\": 2, \\"peak_bytes\\": %s}"' "$1" "$2"; }

check "compare-peers.sh tells its options" 0 "of decode, continue, prompt, train, lora, dpo" "$compare" --help
check "compare-peers.sh before the build" 2 "There are no executables in $copy/.build/release; run swift build" "$compare"
stand_in "$copy/.build/release/eightfold" 'echo "$*${MALLOC_TRIM_THRESHOLD_+, keeping memory}" >>"$0.log"' "$(line 512 1500000000)"
check "compare-peers.sh without the model" 2 "Run: deploy/fetch-model.sh smollm2-135m" "$compare"
mkdir "$copy/models"
touch "$copy/models/smollm2-135m.gguf"

# The environment that python3 makes: pip installs, and each peer has measured something.
stand_in "$place/environment" \
    'case $* in' \
    '*pip\ install*) echo "$*" >>"$0.log"; case $* in *broken*) exit 1 ;; esac ;;' \
    '*speed_*\ --threads*) echo "$*; kept ${MALLOC_TRIM_THRESHOLD_-no} ${TORCHINDUCTOR_CACHE_DIR-no}" >>"$0.measured" ;;' \
    'esac' 'case $* in' \
    '*speed_llama_cpp.py\ versions) echo "llama.cpp of today" ;;' \
    '*speed_torch.py\ versions) echo "torch of today" ;;' \
    "*--no-flash-attention*) $(line 256 1) ;;" \
    "*speed_llama_cpp.py*) $(line 128 1) ;;" \
    '*speed_torch.py\ dpo*) echo "Traceback:" >&2; echo "no room." >&2; exit 3 ;;' \
    '*speed_torch.py\ lora*--pack\ 4*) echo "no | packs." >&2; exit 3 ;;' \
    '*speed_torch.py\ lora*--compile*) echo "no compiler." >&2; exit 1 ;;' \
    "*speed_torch.py*--pack\ 4*) $(line 256 2000000000) ;;" \
    "*speed_torch.py*) $(line 256 3000000000) ;;" \
    'esac'
stand_in "$place/stand-ins/python3" \
    "[ \"\$2\" != venv ] || { mkdir -p \"\$4/bin\" && cp '$place/environment' \"\$4/bin/python\" && exit; }" \
    "exec '$(command -v python3)' \"\$@\""
stand_in "$place/stand-ins/c++" ''

check "an engine is compared with its peer" 0 "| decode, 8 sequences, bf16 | 256 (256 to 256) | llama.cpp BF16, no flash attention | 128 (128 to 128) | 2.00 | 1.1 | – |" \
    "$compare" 2 --only decode --threads 3
check "ours was told what to do" 0 "bench work decode --model $copy/models/smollm2-135m.gguf --threads 3 --precision bf16 --sequences 8 --json" \
    cat "$copy/.build/release/eightfold.log"
check "the packages are installed once, one of them compiled here" 0 $'--no-binary llama-cpp-python llama-cpp-python==' \
    cat "$copy/.build/speed-peers/bin/python.log"
check "all that was measured is kept, and not written over" 0 "is in $copy/.build/compare-peers/2.jsonl." "$compare" --quick --only decode
check "two packages were installed, once" 0 "[2]" bash -c 'echo "[$(wc -l <"$0" | tr -d " ")]"' "$copy/.build/speed-peers/bin/python.log"
check "a setting that is far slower than another is measured once, and one that is not, each time" 0 "0 and 16, 4 and 4" bash -c '
    told=$("$0" 2 --only decode,train 2>&1 >"$1/table")
    times() { grep -c "repetition $1: .*, $2: " <<<"$told"; }
    echo "$(times 2 "flash attention") and $(times 2 "no flash attention"), $(times 2 "packs of 4") and $(times 2 "all at once")"' "$compare" "$place"
check "training tells the peak memory" 0 "| 2.00 | 1.25 | 1.50 and 2.00 GB (packs of 4): 0.75 (aim: at most 0.5) |" "$compare" 1 --only prompt,train
check "what is set for PyTorch is not set for ours" 1 "" grep "keeping memory" "$copy/.build/release/eightfold.log"
check "a peer that fails is told, and the others are measured" 0 "| PyTorch fp32 | not run: exit code 3: no room | – | 1.6 | – |" \
    "$compare" 1 --only train,dpo
check "a peer that never runs is told" 0 "| vLLM | not run: PyPI has it for CUDA only" "$compare" 1 --only continue
check "one whose sequences are fixed is not told how many" 0 "--threads 3 --precision bf16 --json" bash -c \
    '"$0" 1 --threads 3 --only continue >&2 && grep "work continue" "$1"' "$compare" "$copy/.build/release/eightfold.log"
check "a setting that fails is told beside the fastest" 0 "| PyTorch and PEFT bf16, all at once; packs of 4 not run: exit code 3: no / packs | 128 (128 to 128) |" \
    "$compare" 1 --only lora
check "settings that fail for different reasons are told each" 0 \
    "| not run: packs of 4: exit code 3: no / packs; all at once: exit code 1: no compiler |" "$compare" 1 --only lora
check "PyTorch is compiled, and keeps its memory and what it compiled" 0 "--pack 4 --compile --threads" \
    grep -m 1 "compile .*; kept 17179869184 $copy/.build/speed-models/compiled" "$copy/.build/speed-peers/bin/python.measured"
check "llama.cpp continues with one cache, too, and keeps no memory" 0 "continue" \
    grep -m 1 "flash-attention --unified .*; kept no no" "$copy/.build/speed-peers/bin/python.measured"
stand_in "$copy/.build/speed-peers/bin/python" 'exit 1'
check "an environment that was cut off is made anew" 0 "| prompt, bf16 | 256 (256 to 256) | llama.cpp BF16, no flash attention | 128 (128 to 128) |" \
    "$compare" 1 --only prompt
check "no repetitions are refused" 2 "repetitions and threads are at least 1; got 0 and" "$compare" 0
check "an unknown work is refused" 2 "there is no work 'sleep'; give some of decode,continue," "$compare" --only sleep
echo "broken==1" >>"$copy/Tests/Peers/requirements-speed.txt"
sed -i.old 's/^llama-cpp-python==.*/llama-cpp-python==broken/' "$copy/Tests/Peers/requirements-speed.txt"
check "a package that cannot be installed is told" 0 "| llama.cpp BF16 | not run: pip could not install it; $copy/.build/speed-peers/llama.cpp.log tells why |" \
    "$compare" 1 --only prompt,train
rm "$copy/.build/release/eightfold"
stand_in "$copy/.build/release/eightfold" 'echo "no such command" >&2; exit 64'
check "an engine of ours that fails leaves nothing to compare" 1 "| not run: exit code 64: no such command | PyTorch fp32, packs of 4 |" \
    "$compare" 1 --only train

stand_in "$copy/.build/release/eightfold" "kill -TERM \"\$(cat '$place/pid')\"" 'exec sleep 1004'
check "compare-peers.sh that is ended takes its measurement along" 0 "exit code 143, 0 left" bash -c \
    'code=0; (echo $BASHPID >"$1/pid"; exec "$0" 1 --only train) || code=$?; echo "exit code $code, $(pgrep -fc "^sleep 1004") left"' \
    "$compare" "$place"

#!/usr/bin/env bash
# Runs the recipe of every method, or of those named, and holds each to an accuracy that is above the one it began with:
# deploy/methods.sh [METHOD…]. About half an hour on two cores; a run that is there is not run again.
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# What each must reach, in percent of 2000 or 6000 test problems: about half of the way from the warm start's 12.6% to the least that it was
# seen to reach, because other kernels round otherwise, and with them the methods with a ratio differ from run to run. By chance alone an
# accuracy moves by 0.75 or 0.43 points, so what is more than the warm start by less than one is not enough either. The warm start begins with
# random weights, which solve nothing, and must come to 9.
required="
awr 23
cispo 28
crr 24
dapo 31
dpo-farthest 14.5
dpo-positive 19
dpo-random 14
dr-grpo 30
grpo 30
grpo-masked 40
grpo-sequence-mask 40
grpo-truncated 40
gspo 21
iterative-rpo 15.5
lite-ppo 32
pav 17
per-step-next-step 24
per-step-paper-1 15.5
reinforce 51
reinforce-plus-plus 34
rejection-sampling 24
rloo 20
sampled-pairs 13.6
self-explore 15
unlearning 23
vine-ppo 20
warm-start 9
"
recipes=$root/deploy/recipes/methods
cd "$root"
require_build

# The accuracy of a method's last evaluation in percent, once it has run.
accuracy() {
    local folder=runs/methods/$1
    # Said each time, because a command substitution goes on after a failure.
    if [ -e "$folder/ledger.sqlite" ]; then
        "$eightfold" run "$recipes/$1.yaml" --resume --run "$folder" >"$folder.log" || return
    else
        "$eightfold" run "$recipes/$1.yaml" --run "$folder" >"$folder.log" || return
    fi
    awk '$2 ~ /^v[0-9]+$/ { found = $4 } END { sub("%", "", found); print found }' "$folder.log"
}

# The least that a method must reach; empty for an unknown one.
least() { awk -v method="$1" '$1 == method { print $2 }' <<<"$required"; }

# check METHOD LEAST: runs it, and says whether it reaches what is required. What it reached is in `reached`.
check() {
    if ! reached=$(accuracy "$1"); then
        echo "$1 did not end well; runs/methods/$1.log says why"
        return 1
    fi
    if awk -v reached="$reached" -v least="$2" 'BEGIN { exit !(reached + 0 >= least + 0) }'; then
        echo "$1 $reached%, at least $2% required"
    else
        echo "$1 $reached%, which is less than the $2% required"
        return 1
    fi
}

if [ $# -eq 0 ]; then
    for recipe in "$recipes"/*.yaml; do
        method=$(basename "$recipe" .yaml)
        [ "$method" = warm-start ] || set -- "$@" "$method"
    done
fi
for method in "$@"; do
    [ -n "$(least "$method")" ] ||
        fail "There is no method $method. Leave the names out for all: they are those of the files in $recipes."
done
mkdir -p runs/methods
check warm-start "$(least warm-start)" || exit 1
begun=$reached
[ -e runs/methods/warm-start.gguf ] ||
    "$eightfold" export --run runs/methods/warm-start --to runs/methods/warm-start.gguf --type f32 >/dev/null
failed=0
for method in "$@"; do
    check "$method" "$(awk -v least="$(least "$method")" -v begun="$begun" \
        'BEGIN { print (least > begun + 1 ? least : begun + 1) }')" || failed=1
done
exit $failed

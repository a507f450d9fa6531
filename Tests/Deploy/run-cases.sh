# Starting, asking and stopping a run. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2154 # Stand-ins expand when they run; place and copy come from run.sh.

new_copy
start="$copy/deploy/start.sh"
echo 'stages: [evaluate: {}]' >"$place/trial.yaml"

check "start.sh without arguments" 2 "usage: start.sh RECIPE.yaml" "$start"
check "start.sh with an option first" 2 "usage: start.sh RECIPE.yaml" "$start" --run x
check "start.sh with a recipe that is not there" 2 "/nowhere.yaml is neither a recipe's file nor a role." "$start" /nowhere.yaml
check "start.sh with an unknown role" 2 "hub is neither a recipe's file nor a role." "$start" hub
check "start.sh with a role alone" 2 "--hub ENDPOINT is missing." "$start" sampler
check "start.sh with a hub that has no endpoint" 2 "--hub ENDPOINT is missing." "$start" sampler --hub
check "start.sh with an option in place of the endpoint" 2 "--hub ENDPOINT is missing." "$start" sampler --hub --keys k
check "start.sh with an empty endpoint" 2 "--hub ENDPOINT is missing." "$start" sampler --hub= --keys k
check "start.sh before the build" 2 "Eightfold is not built. Run: swift build -c release" "$start" "$place/trial.yaml"
check "start.sh of a role before the build" 2 "Eightfold is not built." "$start" sampler --hub tcp://h:1
check "status.sh before the build" 2 "Eightfold is not built." "$copy/deploy/status.sh"
check "scale.sh without a number" 2 "usage: scale.sh sampler N" "$copy/deploy/scale.sh" sampler
check "inspect.sh without a command" 2 "usage: inspect.sh tap" "$copy/deploy/inspect.sh"

# Stands for the program: a run is ready when it has made its file, and waits for its end.
stand_in "$copy/.build/release/eightfold" \
    'command=$1; all=$*; run=${all##*--run }; run=${run%% --*}' \
    'case $command in' \
    'run) case $2 in *broken*) echo "broken.yaml:1:1: no good"; exit 2 ;; esac' \
    '  trap "echo drained; exit 0" TERM; echo "$*"; touch "$run/ready"; while :; do sleep 0.05; done ;;' \
    'status) case "$*" in *--wait-ready*) until [ -e "$run/ready" ]; do sleep 0.05; done ;; *) echo "$*" ;; esac ;;' \
    '*) echo "$*" ;;' \
    'esac'

check "status.sh before any run" 2 "No run was started from here. Name one: --run DIR." "$copy/deploy/status.sh"
check "status.sh with --run last" 2 "--run must be followed by the folder" "$copy/deploy/status.sh" --run
touch "$place/broken.yaml"
check "start.sh passes on the exit code and the message of a run that ends" 2 "broken.yaml:1:1: no good" "$start" "$place/broken.yaml"

check "start.sh returns when the run is ready" 0 "The run is ready in $copy/runs/trial-1" "$start" "$place/trial.yaml" --set seed=2
process=$(cat "$copy/runs/trial-1/run.pid")
check "the run outlives the script" 0 "" kill -0 "$process"
check "the run got the options" 0 "--set seed=2 --run $copy/runs/trial-1" cat "$copy/runs/trial-1/run.log"
check "status.sh means the latest run" 0 "status --json --run $copy/runs/trial-1" "$copy/deploy/status.sh" --json
check "status.sh takes a named run" 0 "status --run elsewhere" "$copy/deploy/status.sh" --run elsewhere
check "scale.sh means the latest run" 0 "scale sampler 4 --run $copy/runs/trial-1" "$copy/deploy/scale.sh" sampler 4
check "inspect.sh shows the tap" 0 "tap --count 3 --run $copy/runs/trial-1" "$copy/deploy/inspect.sh" tap --count 3
check "inspect.sh shows a trace" 0 "trace 1.2 --run $copy/runs/trial-1" "$copy/deploy/inspect.sh" trace 1.2
# A small Linux has no ps.
[ ! -d /proc/self ] || stand_in "$place/stand-ins/ps" 'exit 127'
check "stop.sh drains the latest run" 0 "The run in $copy/runs/trial-1 has ended" "$copy/deploy/stop.sh"
check "the run was drained, not killed" 0 "drained" cat "$copy/runs/trial-1/run.log"
check "stop.sh of a run that has ended" 0 "The run in $copy/runs/trial-1 has ended" "$copy/deploy/stop.sh"

check "a second run has a folder of its own" 0 "The run is ready in $copy/runs/trial-2" "$start" "$place/trial.yaml"
check "stop.sh takes a named run" 0 "The run in $copy/runs/trial-2 has ended" "$copy/deploy/stop.sh" --run "$copy/runs/trial-2"

echo $$ >"$copy/runs/trial-2/run.pid"
check "stop.sh leaves a process alone that is no run" 0 "has ended" "$copy/deploy/stop.sh" --run "$copy/runs/trial-2"
rm "$copy/runs/trial-2/run.pid"
check "stop.sh of a run in the foreground" 2 "was not started by start.sh" "$copy/deploy/stop.sh" --run "$copy/runs/trial-2"

stand_in "$copy/.build/release/eightfold-sampler" 'echo "sampler $*"; echo "$$" >"$0.pid"; exec sleep 60'
check "start.sh starts a service" 0 "The sampler is process" "$start" sampler --hub tcp://h:1
check "the service outlives the script" 0 "" kill "$(cat "$copy/.build/release/eightfold-sampler.pid")"
check "the service got its options" 0 "sampler --hub tcp://h:1" bash -c 'cat "$0"/runs/sampler-*.log' "$copy"
stand_in "$copy/.build/release/eightfold-learner" 'echo "no key"; exit 3'
check "start.sh passes on the end of a service that is refused" 3 "no key" "$start" learner --hub=tcp://h:1

#!/usr/bin/env bash
# Installs what is missing, builds, and trains a small model: deploy/quickstart.sh [options of `eightfold run`]
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_swift
install_packages build
build_release

names_run "$@" || set -- "$@" --run "$(fresh_run_folder quickstart)"
run=$(make_run_folder "$(run_folder "$@")")
"$eightfold" run "$root/deploy/recipes/quickstart.yaml" "$@"

cat <<END

The run's files are in $run. Next:
  $root/deploy/status.sh                     what the run did, and its policy versions
  $root/deploy/inspect.sh trace PROBLEM      one problem's whole history
  $eightfold audit --run $run
  $root/deploy/start.sh $root/deploy/recipes/quickstart.yaml --set seed=2
                                             another run in the background; then
  $root/deploy/scale.sh sampler 4            more samplers while it runs
  $root/deploy/inspect.sh tap                its messages as they pass
  $root/deploy/stop.sh                       its end
END

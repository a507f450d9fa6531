#!/usr/bin/env bash
# Adds samplers to a run, or drains them, while it goes on: deploy/scale.sh sampler N [--run DIR]
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ $# -ge 2 ] || fail "usage: scale.sh sampler N [--run DIR]"
on_run scale "$@"

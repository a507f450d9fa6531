#!/usr/bin/env bash
# Shows the services, queues and policy versions of a run: deploy/status.sh [--run DIR] [--json]
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

on_run status "$@"

#!/usr/bin/env bash
# The long version of what deploy/test.sh tries in short: deploy/soak.sh [KILLS], 1000 by default; 12 kills take about 10 s.
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

kills=${1:-1000}
case $kills in "" | *[!0-9]*) fail "usage: soak.sh [KILLS], a whole number; got $kills." ;; esac
require_swift
install_packages tests
build_release

# Every round has a seed of its own, which it prints; what fails is told with the command that plays it again.
for ((done = 0; done < kills; done += 33)); do
    python3 "$root/Tests/Integration/kill.py" --executables "$root/.build/release" --kills 33
done

# The hub in virtual time, with as many more seeds; the tests of messages with as many more frames.
cd "$root"
EIGHTFOLD_SOAK=$((kills / 20 + 1)) swift test

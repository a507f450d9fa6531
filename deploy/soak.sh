#!/usr/bin/env bash
# The long version of what deploy/test.sh tries in short: deploy/soak.sh [KILLS], 1000 by default, which takes about an hour.
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

kills=${1:-1000}
case $kills in "" | *[!0-9]*) fail "usage: soak.sh [KILLS], a whole number; got $kills." ;; esac
require_swift
install_packages tests
python=$(peers_python)
build_release

# Every scenario has a seed of its own, which it prints; what fails is told with the command that plays it again. For
# each kill a hundred random and mutated messages are sent to a hub.
"$python" "$root/Tests/Integration/kill.py" --executables "$root/.build/release" --kills "$kills" --frames $((kills * 100))

# The hub in virtual time, with as many more seeds; the tests of messages with as many more frames.
cd "$root"
export EIGHTFOLD_SOAK=$((kills / 100 + 1))
swift_test 60 --skip "$waiting_tests"
swift_test 60 --skip-build --filter "$waiting_tests"

# Hostile answers, with optimisation: two thousand and four hundred for each unit, a million by default.
export EIGHTFOLD_SOAK=$((kills * 5 / 12 + 1))
swift_test 60 -c release -Xswiftc -enable-testing --filter "Hostile"

# Damaged model files of every format: five thousand for each unit, 210,000 by default.
export EIGHTFOLD_SOAK=$((kills / 24 + 1))
swift_test 60 --filter Damaged

#!/usr/bin/env bash
# Installs what is missing, then checks everything: format, generated code, scripts, build, tests.
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_swift
install_packages tests
cd "$root"

step() { printf '\n== %s\n' "$*"; }

step "format"
folders=()
for folder in Services Shared Tests; do [ ! -d "$folder" ] || folders+=("$folder"); done
swift format lint --strict --recursive Package.swift "${folders[@]}"

step "generated code is current"
deploy/generate-wire.sh --check

step "scripts"
shellcheck --external-sources .ci/run deploy/*.sh Tests/Deploy/*.sh Tests/Peers/*.sh
Tests/Deploy/run.sh

step "build"
deploy/within.py 40 swift build --build-tests --explicit-target-dependency-import-check error

step "model"
deploy/fetch-model.sh smollm2-135m

step "tests that compute"
swift_test 20 --skip-build --skip "$waiting_tests"

step "tests that wait for messages"
swift_test 20 --skip-build --filter "$waiting_tests"

step "peers"
python=$(peers_python)
EIGHTFOLD_BUILD=.build/debug PYTHON=$python deploy/within.py 15 Tests/Peers/run.sh

step "kills"
# Real runs, with what was just built. Linux only; it says so elsewhere.
deploy/within.py 15 "$python" Tests/Integration/kill.py --executables .build/debug

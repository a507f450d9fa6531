# Getting a data set: copied from a folder, or downloaded. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2154 # Expanded by the shell that runs them; place and copy come from run.sh.

new_copy
fetch="$copy/deploy/fetch-data.sh"
target="$copy/data/gsm8k"
mkdir -p "$place/my data"
hash_of() { python3 -c 'import hashlib, sys; print(hashlib.sha256(sys.argv[1].encode()).hexdigest())' "$1"; }
# The copy knows stand-ins by their checksums.
sed -e "s/^train_checksum=.*/train_checksum=$(hash_of train)/" -e "s/^test_checksum=.*/test_checksum=$(hash_of test)/" \
    "$sources/deploy/fetch-data.sh" >"$fetch"
printf train >"$place/my data/train.jsonl"

check "fetch-data.sh without arguments" 2 "usage: fetch-data.sh gsm8k [FOLDER]" "$fetch"
check "fetch-data.sh with an unknown name" 2 "usage: fetch-data.sh gsm8k [FOLDER]" "$fetch" math
check "fetch-data.sh with too much" 2 "usage: fetch-data.sh gsm8k [FOLDER]" "$fetch" gsm8k a b
check "a folder that lacks a file" 2 "$place/my data/test.jsonl is not there." "$fetch" gsm8k "$place/my data"
printf toast >"$place/my data/test.jsonl"
check "another file is refused" 2 "test.jsonl is not the one of GSM8K that is known" "$fetch" gsm8k "$place/my data"
check "what is refused leaves nothing" 0 "[]" bash -c 'cd "$0" && echo "[$(ls -A)]"' "$copy/data"
printf test >"$place/my data/test.jsonl"
check "a data set is copied, and its licence is told" 0 "$target is GSM8K (licence: MIT)." "$fetch" gsm8k "$place/my data"
check "the copy is what the folder holds" 0 "test" cat "$target/test.jsonl"
check "the same data set once more" 0 "$target is there already." "$fetch" gsm8k "$place/my data"
printf other >"$target/test.jsonl"
check "another data set in its place is refused" 2 "$target exists and is another one." "$fetch" gsm8k "$place/my data"
rm -rf "$target"
stand_in "$place/stand-ins/curl" 'while [ "$1" != --output ]; do shift; done' 'printf "$(basename "$2" .jsonl)" >"$2"'
check "a data set is downloaded" 0 "$target is GSM8K (licence: MIT)." "$fetch" gsm8k
rm -rf "$target"
stand_in "$place/stand-ins/curl" 'exit 22'
check "a download that fails" 2 "Check the network, or name a folder of yours." "$fetch" gsm8k
rm -rf "$place/stand-ins/curl"

#!/usr/bin/env bash
# Makes the C code of the messages from their .proto files. With --check: fails if the committed code is not current.
set -euo pipefail
cd "$(dirname "$0")/../Shared/C/CEightfoldWire"

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
version=$(protoc-c --version | sed -n 1p)
for proto in proto/*.proto; do
    name=$(basename "$proto" .proto)
    protoc-c --proto_path=proto --c_out="$made" "$proto"
    for half in c h; do
        sed -i "1i /* Made from proto/$name.proto with $version by deploy/generate-wire.sh. Do not edit. */" \
            "$made/$name.pb-c.$half"
    done
done

if [[ "${1:-}" == --check ]]; then
    mkdir "$made/include"
    mv "$made"/*.h "$made/include/"
    for file in "$made"/*.c "$made"/include/*.h *.pb-c.c include/*.pb-c.h; do
        path=${file#"$made/"}
        if ! cmp -s "$made/$path" "$path"; then
            echo "generate-wire: $path is not what its .proto file makes with $version. Run deploy/generate-wire.sh." >&2
            exit 1
        fi
    done
    exit 0
fi
rm -f ./*.pb-c.c include/*.pb-c.h
mv "$made"/*.c .
mv "$made"/*.h include/

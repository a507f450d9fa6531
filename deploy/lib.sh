# What the scripts of this folder share. Sourced, never run. Works with the bash 3.2 of macOS.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Read by the scripts that source this file.
# shellcheck disable=SC2034
eightfold=$root/.build/release/eightfold
# Tests that wait for messages run apart from those that compute: beside them they would get no thread for many seconds.
# shellcheck disable=SC2034
waiting_tests='^(Messaging|ServiceKit|Operator)Tests\.'

# Exit code 2 says: the request or the machine is to be changed, not the program.
fail() {
    printf '%s\n' "$@" >&2
    exit 2
}

# Swift is the one prerequisite that is not installed here.
require_swift() {
    local advice="Eightfold needs Swift 6.2 or newer; get it at https://www.swift.org/install and put it on PATH."
    command -v swift >/dev/null || fail "There is no swift on PATH. $advice"
    local version major minor
    version=$(swift --version 2>&1 | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p')
    [ -n "$version" ] || fail "$(command -v swift) does not tell its version. $advice"
    major=${version%%.*}
    minor=${version#*.}
    if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
        fail "$(command -v swift) is Swift $version. $advice"
    fi
}

# Installs what is missing of the system packages that it takes to `build` or to run the `tests`.
install_packages() {
    local wanted missing="" package as_root=""
    case $(uname -s) in
    Darwin)
        wanted="zeromq openblas protobuf-c zlib"
        [ "$1" != tests ] || wanted="$wanted shellcheck z3"
        command -v brew >/dev/null || fail "Homebrew is needed to install: $wanted. Get it at https://brew.sh."
        for package in $wanted; do
            brew list --versions "$package" >/dev/null || missing="$missing $package"
        done
        # The names are words of the list above.
        # shellcheck disable=SC2086
        [ -z "$missing" ] || brew install $missing
        ;;
    *)
        wanted="libzmq3-dev libopenblas-dev libprotobuf-c-dev libsqlite3-dev zlib1g-dev"
        [ "$1" != tests ] || wanted="$wanted protobuf-c-compiler python3 python3-venv shellcheck iproute2 libz3-4"
        command -v apt-get >/dev/null ||
            fail "Packages are installed on Debian, Ubuntu and macOS only. Install what your system calls: $wanted."
        for package in $wanted; do
            dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
        done
        [ -n "$missing" ] || return 0
        if [ "$(id -u)" -ne 0 ]; then
            command -v sudo >/dev/null || fail "There is no sudo. As root, run: apt-get install$missing"
            as_root=sudo
        fi
        $as_root apt-get update
        # shellcheck disable=SC2086
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
        ;;
    esac
}

# Installs the Python packages that the tests hold this project against, apart from the system's own; prints the Python
# that has them.
peers_python() {
    local place=$root/.build/peers wanted=$root/Tests/Peers/requirements.txt
    if ! cmp -s "$wanted" "$place/requirements.txt"; then
        # Said each time, because a command substitution goes on after a failure.
        python3 -m venv --clear "$place" >&2 || return
        "$place/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted" >&2 || return
        cp "$wanted" "$place/requirements.txt" || return
    fi
    printf '%s\n' "$place/bin/python"
}

# swift_test MINUTES ARGUMENTS…: runs tests, as many at a time as there are processors. More would only wait for one, and
# their time limits would run meanwhile. OpenBLAS is told to start no threads, which the engine has no use for: where a
# test bounds its process's memory, one that starts late asks for 128 MiB over and over, and exit waits for it.
swift_test() {
    local minutes=$1
    shift
    SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(getconf _NPROCESSORS_ONLN) OPENBLAS_NUM_THREADS=1 \
        "$root/deploy/within.py" "$minutes" swift test "$@"
}

# Prints the SHA-256 of a file.
sha256() {
    command -v python3 >/dev/null || fail "What is fetched is verified by Python. Install python3."
    python3 -c 'import hashlib, sys
hash = hashlib.sha256()
with open(sys.argv[1], "rb") as file:
    while chunk := file.read(1 << 20): hash.update(chunk)
print(hash.hexdigest())' "$1"
}

# Builds the executables into .build/release.
build_release() {
    swift build --package-path "$root" -c release
}

require_build() {
    [ -x "$eightfold" ] || fail "Eightfold is not built. Run: swift build -c release --package-path $root"
}

# Prints the first folder runs/NAME-N that does not exist.
fresh_run_folder() {
    local number=1
    while [ -e "$root/runs/$1-$number" ]; do number=$((number + 1)); done
    printf '%s\n' "$root/runs/$1-$number"
}

# Makes the folder of a new run, and the run the one that is meant without --run; prints the folder's full path.
make_run_folder() {
    local folder
    mkdir -p "$root/runs" "$1"
    folder=$(cd "$1" && pwd -P)
    ln -sfn "$folder" "$root/runs/latest"
    printf '%s\n' "$folder"
}

names_run() {
    case " $* " in
    *" --run "* | *" --run="*) ;;
    *) return 1 ;;
    esac
}

# Prints the folder after --run among the arguments, or that of the latest run.
run_folder() {
    local previous="" argument
    for argument in "$@"; do
        case $argument in --run=*) printf '%s\n' "${argument#--run=}" && return ;; esac
        [ "$previous" != --run ] || { printf '%s\n' "$argument" && return; }
        previous=$argument
    done
    [ "$previous" != --run ] || fail "--run must be followed by the folder of a run."
    [ -e "$root/runs/latest" ] || fail "No run was started from here. Name one: --run DIR."
    (cd "$root/runs/latest" && pwd -P)
}

# Replaces the script by an eightfold command on the run that the arguments name, or on the latest one.
on_run() {
    require_build
    local folder
    folder=$(run_folder "$@")
    names_run "$@" || set -- "$@" --run "$folder"
    exec "$eightfold" "$@"
}

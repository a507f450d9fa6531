# The check of the Swift version, and the installation of packages. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2154 # Expanded by the shell that runs them; place and copy come from run.sh.

new_copy
advice="Eightfold needs Swift 6.2 or newer; get it at https://www.swift.org/install"

swift_says() { stand_in "$place/stand-ins/swift" "echo '$1'"; }
require_swift() { check "$1" "$2" "$3" bash -c '. "$0/deploy/lib.sh"; require_swift && echo accepted' "$copy"; }

for version in 5.10.1 6.0 6.1.2; do
    swift_says "Swift version $version (swift-$version-RELEASE)"
    require_swift "Swift $version is refused" 2 "is Swift ${version:0:3}"
    require_swift "Swift $version is refused with a remedy" 2 "$advice"
done
for version in 6.2 6.2.1 6.10 7.0 10.0; do
    swift_says "Swift version $version (swift-$version-RELEASE)"
    require_swift "Swift $version is accepted" 0 accepted
done
swift_says "Apple Swift version 6.2.3 (swiftlang-6.2.3.1)"
require_swift "Apple's Swift is accepted" 0 accepted
swift_says "swift: the OpenStack client"
require_swift "another program called swift is refused" 2 "does not tell its version. $advice"

# Only what the check itself calls, and no swift.
rm "$place/stand-ins/swift"
mkdir -p "$place/no-swift"
for tool in bash dirname sed; do ln -sf "$(command -v "$tool")" "$place/no-swift/$tool"; done
for script in quickstart test; do
    check "$script.sh without Swift" 2 "There is no swift on PATH. $advice" \
        env PATH="$place/no-swift" "$place/no-swift/bash" "$copy/deploy/$script.sh"
done

# An old Swift ends both scripts before anything is installed or built.
swift_says "Swift version 6.1 (swift-6.1-RELEASE)"
stand_in "$place/stand-ins/apt-get" 'echo touched the machine'
stand_in "$place/stand-ins/dpkg-query" 'echo touched the machine'
for script in quickstart test; do
    check "$script.sh with an old Swift" 2 "swift is Swift 6.1. $advice" "$copy/deploy/$script.sh"
    check "$script.sh with an old Swift touches nothing" 0 untouched \
        bash -c '! "$0" 2>&1 | grep -q touched && echo untouched' "$copy/deploy/$script.sh"
done

stand_in "$place/stand-ins/uname" 'echo Linux'
stand_in "$place/stand-ins/id" 'echo 0'
stand_in "$place/stand-ins/apt-get" 'echo "apt-get $*"'
stand_in "$place/stand-ins/dpkg-query" '[ "${*: -1}" != libopenblas-dev ] || exit 1' 'echo "install ok installed"'
install() { check "$1" "$2" "$3" bash -c '. "$0/deploy/lib.sh"; install_packages "$1"; echo done' "$copy" "$4"; }
install "what is missing is installed" 0 $'apt-get update\napt-get install -y --no-install-recommends libopenblas-dev\ndone' build
stand_in "$place/stand-ins/dpkg-query" 'echo "install ok installed"'
check "nothing is installed twice" 0 quiet bash -c '. "$0/deploy/lib.sh"; [ -z "$(install_packages tests)" ] && echo quiet' "$copy"
stand_in "$place/stand-ins/dpkg-query" 'echo "unknown ok not-installed"'
install "what is known but not installed counts as missing, and tests take more" 0 \
    "libzmq3-dev libopenblas-dev libprotobuf-c-dev libsqlite3-dev zlib1g-dev protobuf-c-compiler python3 python3-venv shellcheck iproute2 libz3-4" tests
stand_in "$place/stand-ins/id" 'echo 1000'
stand_in "$place/stand-ins/sudo" 'echo "sudo $*"'
install "others than root use sudo" 0 "sudo apt-get update" build
stand_in "$place/stand-ins/apt-get" 'exit 100'
stand_in "$place/stand-ins/id" 'echo 0'
check "a failed installation ends the script" 100 "" bash -c 'set -e; . "$0/deploy/lib.sh"; install_packages build' "$copy"
stand_in "$place/stand-ins/uname" 'echo Darwin'
stand_in "$place/stand-ins/brew" '[ "$1" = install ] && echo "brew $*" && exit' '[ "$3" != zeromq ]'
install "on macOS brew installs what is missing" 0 "brew install zeromq" build

# Python packages: what failed to install is not taken for installed.
mkdir -p "$copy/Tests/Peers"
echo "something==1" >"$copy/Tests/Peers/requirements.txt"
stand_in "$place/stand-ins/python3" 'mkdir -p "$4/bin"; printf "#!/bin/bash\nexit 7\n" >"$4/bin/python"; chmod +x "$4/bin/python"'
peers() { check "$1" "$2" "$3" bash -c 'set -e; . "$0/deploy/lib.sh"; python=$(peers_python); echo "has $python"' "$copy"; }
peers "a failed installation of Python packages ends the script" 7 ""
stand_in "$place/stand-ins/python3" 'mkdir -p "$4/bin"; printf "#!/bin/bash\necho installed >&2\n" >"$4/bin/python"; chmod +x "$4/bin/python"'
peers "Python packages are tried again after a failure" 0 $'installed\nhas '
stand_in "$place/stand-ins/python3" 'exit 7'
peers "Python packages are installed once" 0 "has $copy/.build/peers/bin/python"
rm "$place/stand-ins/python3"

#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing, builds xbits and downloads one file from a local server, as BITS would.
# usage: scripts/demo.sh
#   DEMO_MIB=64 and DEMO_RATE=32M: how much is downloaded, and how many bytes a second are served.
set -eu

cd "$(dirname "$0")/.."
mib=${DEMO_MIB:-64}
rate=${DEMO_RATE:-32M}
build=build/release
program=$build/bin/xbits
directory=
server=

say() {
  printf '\n== %s\n' "$*"
}

stop() {
  echo "demo: $*" >&2
  exit 1
}

clean_up() {
  status=$?
  trap - EXIT
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  [ -z "$directory" ] || rm -rf "$directory"
  exit "$status"
}

sum() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum "$1" | cut -d ' ' -f 1
  else
    shasum -a 256 "$1" | cut -d ' ' -f 1
  fi
}

build_program() {
  ./scripts/install.sh
  # shellcheck source=scripts/environment.sh
  . scripts/environment.sh
  [ -f "$build/CMakeCache.txt" ] || set -- -G Ninja
  cmake --preset release "$@" >"$build.log" 2>&1 &&
    cmake --build "$build" --target xbits --parallel 2 >>"$build.log" 2>&1 || {
    tail -n 40 "$build.log" >&2
    stop "the build failed; all of it is in $build.log"
  }
}

# The server says its address as soon as it listens; the fifo holds us until then.
start_server() {
  mkfifo "$directory/said"
  "$program" serve "$directory/site" --rate "$rate" --journal "$directory/journal" \
    >"$directory/said" &
  server=$!
  read -r line <"$directory/said" || stop "the server did not start"
  url=${line##* at }
}

show_requests() {
  sed 's/^/  /' "$directory/journal"
}

# try ARGUMENTS WHAT_FOR
try() {
  printf '  %s %-26s %s\n' "$program" "$1" "$2"
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say "Building xbits into $build"
mkdir -p build
build_program
"$program" --version

say "Making a file of $mib MiB and serving it at $rate bytes a second"
directory=$(mktemp -d "${TMPDIR:-/tmp}/xbits-demo.XXXXXX")
mkdir "$directory/site" "$directory/out"
dd if=/dev/urandom of="$directory/site/catalogue.bin" bs=1048576 count="$mib" 2>/dev/null
start_server
echo "$line"

say "xbits transfer ${url}catalogue.bin catalogue.bin"
"$program" transfer --set proxy.preconfig=direct --timeout 300 \
  "${url}catalogue.bin" "$directory/out/catalogue.bin"

say "What the server was asked"
show_requests

say "Comparing"
sent=$(sum "$directory/site/catalogue.bin")
received=$(sum "$directory/out/catalogue.bin")
echo "SHA-256 sent     $sent"
echo "SHA-256 received $received"
[ "$sent" = "$received" ] || stop "the file arrived damaged"
[ "$(ls -A "$directory/out")" = catalogue.bin ] || stop "a temporary file was left behind"

say "Done"
cat <<END
A BITS job downloaded $mib MiB under a temporary name, by HEAD and ranged GETs, and gave the file
its name when all of it was there. Try next:

END
try "transfer URL FILE" "your own download; Ctrl-C leaves nothing behind"
try "serve DIR --no-ranges" "a server that BITS cannot use: see what it says then"
try "explain 0x80200013" "any code of BITS, its cause and its remedy"
try "help" "all the rest"
echo
echo "  ./scripts/test.sh runs every test."

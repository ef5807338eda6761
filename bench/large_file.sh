#!/bin/sh
# SPDX-License-Identifier: MIT
# One large file to disk: `xbits transfer` beside its peers, interleaved, as ratios to `curl -o`.
# usage: bench/large_file.sh [ROUNDS [MIB]]     Needs: nginx, curl, awk; builds build/release.
set -eu
row=large-file
. "$(dirname "$0")/lib.sh"
bench_begin
rounds=${1:-$(pick 5 1)}
mib=${2:-$(pick 1024 32)}
# On the file system of the checkout, and warm in the page cache: as files are that are served often.
mkdir "$work/www"
served=$work/www
head -c "$((mib * 1048576))" /dev/urandom >"$served/big.bin"
serve "$served"
url=$url/big.bin

run() { # run NAME COMMAND...
  name=$1
  shift
  rm -f "$work/out.bin"
  quiet
  prime "$mib"
  timed "$name" "$@"
  cmp -s "$served/big.bin" "$work/out.bin" || { echo "$name: wrong bytes" >&2; exit 1; }
}
one() { # one NAME
  case $1 in
    curl) run "$1" curl -s -o "$work/out.bin" "$url" ;;
    curl+sync) run "$1" sh -c 'curl -s -o "$1" "$2" && sync "$1"' sh "$work/out.bin" "$url" ;;
    xbits) run "$1" "$xbits" transfer -q "$url" "$work/out.bin" ;;
    xbits-foreground) run "$1" "$xbits" transfer -q --priority foreground "$url" "$work/out.bin" ;;
    xbits-nosync) run "$1" "$xbits" transfer -q --set transfer.sync=no "$url" "$work/out.bin" ;;
    wget2) run "$1" wget2 -q -O "$work/out.bin" "$url" ;;
    aria2c) run "$1" aria2c -q --allow-overwrite=true -d "$work" -o out.bin "$url" ;;
  esac
}
names="curl curl+sync xbits xbits-foreground xbits-nosync"
for peer in wget2 aria2c; do
  command -v "$peer" >/dev/null 2>&1 && names="$names $peer"
done

cat "$served/big.bin" >/dev/null
round=0
while [ "$round" -lt "$rounds" ]; do
  # In another order each round: what ran before leaves its mark on the disk.
  for name in $(echo "$names" | tr ' ' '\n' | shuf); do
    one "$name"
  done
  round=$((round + 1))
done

line "one file of $mib MiB, durable" "$(ratio xbits curl)" "x curl -o" "<=" 0.85 0.60
line "one file of $mib MiB, durable" "$(ratio xbits curl+sync)" "x curl -o, and sync" "<=" 0.70 0.60
line "  foreground" "$(ratio xbits-foreground curl)" "x curl -o"
line "  transfer.sync=no" "$(ratio xbits-nosync curl)" "x curl -o"
line "  wget2" "$(ratio wget2 curl)" "x curl -o"
line "  aria2c" "$(ratio aria2c curl)" "x curl -o"
bench_table

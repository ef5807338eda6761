#!/bin/sh
# SPDX-License-Identifier: MIT
# One file of 1 KiB with a queue in memory, from the start of the program to its end, beside curl.
# usage: bench/tiny_job.sh [ROUNDS]
set -eu
row=tiny-job
. "$(dirname "$0")/lib.sh"
bench_begin
rounds=${1:-$(pick 200 10)}

mkdir "$memory/www"
head -c 1024 /dev/urandom >"$memory/www/tiny"
serve "$memory/www"
set -- curl -s -o "$memory/curl.bin" "$url/tiny" -- "$xbits" transfer -q "$url/tiny" "$memory/xbits.bin"
if has wget2; then set -- "$@" -- wget2 -q -O "$memory/wget2.bin" "$url/tiny"; fi
"$programs/side_by_side" 5 "$@" >/dev/null
"$programs/side_by_side" "$rounds" "$@" >"$work/result"
line "one file of 1 KiB, start to end" "$(awk '{ printf "%.2f", $2 / $1 }' "$work/result")" "x curl" "<=" 2 1.2
line "  xbits" "$(awk '{ print $2 }' "$work/result")" "ms"
line "  curl" "$(awk '{ print $1 }' "$work/result")" "ms"
bench_table

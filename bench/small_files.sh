#!/bin/sh
# SPDX-License-Identifier: MIT
# Many small files on a file system in memory, beside `curl -Z --parallel-max 32`: files a second as a
# ratio. Ours are HEAD and GET each, curl's GET only.
# usage: bench/small_files.sh [ROUNDS [FILES]]
set -eu
row=small-files
. "$(dirname "$0")/lib.sh"
bench_begin
rounds=${1:-$(pick 5 1)}
files=${2:-$(pick 10000 300)}

mkdir "$memory/www"
head -c "$((files * 16384))" /dev/urandom | (cd "$memory/www" && split -b 16384 -a 6 -d - x)
i=0
for file in "$memory"/www/x*; do
  mv "$file" "$memory/www/f$i"
  i=$((i + 1))
done
serve "$memory/www"
awk -v n="$files" -v url="$url" -v out="$memory/out" 'BEGIN {
  for (i = 0; i < n; i++) printf "url = \"%s/f%d\"\noutput = \"%s/f%d\"\n", url, i, out, i }' >"$work/curl.list"
awk -v n="$files" -v url="$url" 'BEGIN { for (i = 0; i < n; i++) printf "%s/f%d\n", url, i }' >"$work/urls"

one() { # one NAME
  rm -rf "$memory/out"
  mkdir "$memory/out"
  case $1 in
    curl) timed "$1" curl -s -Z --parallel-max 32 -K "$work/curl.list" ;;
    one) timed "$1" "$programs/small_files" "$url" "$memory/out" "$files" 1 ;;
    hundred) timed "$1" "$programs/small_files" "$url" "$memory/out" "$files" 100 ;;
    wget2) timed "$1" wget2 -q --max-threads 16 -P "$memory/out" -i "$work/urls" ;;
    aria2c) timed "$1" aria2c -q -j 16 --file-allocation=none -d "$memory/out" -i "$work/urls" ;;
  esac
  [ "$(find "$memory/out" -type f -size 16384c | wc -l)" -eq "$files" ] ||
    { echo "$1: files are missing" >&2; exit 1; }
}
names="curl one hundred"
for peer in wget2 aria2c; do
  has "$peer" && names="$names $peer"
done
one curl
: >"$work/times"
round=0
while [ "$round" -lt "$rounds" ]; do
  for name in $(echo "$names" | tr ' ' '\n' | shuf); do
    one "$name"
  done
  round=$((round + 1))
done
line "$files files of 16 KiB, one job" "$(ratio curl one)" "x curl -Z 32, files/s" ">=" 0.40 0.50
line "$files files, 100 foreground jobs" "$(ratio curl hundred)" "x curl -Z 32, files/s" ">=" 0.60 0.75
line "  wget2, 16 threads" "$(ratio curl wget2)" "x curl -Z 32, files/s"
line "  aria2c -j 16" "$(ratio curl aria2c)" "x curl -Z 32, files/s"
bench_table

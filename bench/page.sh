#!/bin/sh
# SPDX-License-Identifier: MIT
# The example page of a store, five songs from the click to the library on the virtual clock: what
# the whole process takes of a processor, its start and its first databases included.
# usage: bench/page.sh [ROUNDS]
set -eu
row=page
. "$(dirname "$0")/lib.sh"
bench_begin
rounds=${1:-$(pick 100 5)}

serve "$top/examples/store/page"
for song in ebb flow slack spring neap; do
  printf '[resource %s]\nurl = %s/songs/%s.mp3\nsize = 300000\n' "$song" "$url" "$song"
done >"$work/origin.ini"

# process_time NAME COMMAND...: one run.
process_time() {
  name=$1
  shift
  "$programs/side_by_side" --process-time 1 "$@" >"$work/time" 2>"$work/run.log" ||
    { cat "$work/run.log" >&2; exit 1; }
  tail -n 1 "$work/time" >>"$work/$name"
}

# page NAME DIRECTORY [STEP...]: the page for a user who has a store and no songs.
page() {
  name=$1
  XBITS_USER_DIR=$2
  export XBITS_USER_DIR
  shift 2
  rm -rf "$XBITS_USER_DIR"
  mkdir "$XBITS_USER_DIR"
  "$xbits" store add HarborTunes >/dev/null
  process_time "$name" "$xbits" store run -q --origin "$work/origin.ini" "$url/index.html" "$@"
}

songs() { page "$1" "$2" --event btnDownload click --advance 60 --eval dlstate.innerText; }
median() { sort -n "$work/$1" | awk '{ a[NR] = $1 } END { printf "%.1f", a[int((NR + 1) / 2)] }'; }

round=0
while [ "$round" -lt "$rounds" ]; do
  songs memory "$memory/user"
  songs disk "$work/user"
  page opened "$memory/user"
  process_time start "$xbits" --version
  if has node; then process_time node node -e 0; fi
  round=$((round + 1))
done
[ "$(find "$memory/user/library" "$work/user/library" -name '*.mp3' | wc -l)" -eq 5 ] ||
  { echo "the songs are not in the library" >&2; exit 1; }
line "five songs, click to library: process time" "$(median memory)" "ms" "<=" 15 12
line "  on the disk of the checkout" "$(median disk)" "ms"
line "  the page opened, no more" "$(median opened)" "ms"
line "  xbits --version" "$(median start)" "ms"
if has node; then line "  node -e 0" "$(median node)" "ms"; fi
bench_table

#!/bin/sh
# SPDX-License-Identifier: MIT
# examples/song.c files its song. usage: example_song.sh PROGRAM
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$1" "$place" >"$place/said"
song="$place/library/The Lanterns/Low Water/03 Harbour Lights.mp3"
grep -qx "FILED Harbour Lights: $song" "$place/said" || { cat "$place/said"; exit 1; }
[ "$(wc -c <"$song")" -eq 3000000 ]

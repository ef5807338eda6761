#!/bin/sh
# SPDX-License-Identifier: MIT
# 10,000 convention jobs: how long a player's look at its queue takes, and what it leaves in memory.
# usage: bench/player.sh [JOBS]
set -eu
row=player
. "$(dirname "$0")/lib.sh"
bench_begin
jobs=${1:-$(pick 10000 500)}

for round in 1 2 3; do
  mkdir "$memory/$round"
  "$programs/player_passes" "$memory/$round" "$jobs" >>"$work/passes"
  rm -rf "$memory/$round"
done
middle() { sort -n -k "$1" "$work/passes" | awk -v field="$1" 'NR == 2 { print $field }'; }
[ "$(middle 1)" -eq "$jobs" ] || { echo "jobs are not adopted" >&2; exit 1; }
line "$jobs convention jobs: first pass" "$(middle 2)" "ms" "<=" 200 100
line "$jobs convention jobs: a later pass" "$(middle 3)" "ms" "<=" 200 50
line "  the slowest of 21" "$(middle 4)" "ms"
line "$jobs convention jobs: growth in 10 passes" "$(middle 5)" "KiB" "<=" 64 0
bench_table

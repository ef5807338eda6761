#!/bin/sh
# SPDX-License-Identifier: MIT
# A queue of 100,000 jobs: how long it takes to open and to list, and what a job takes in memory.
# usage: bench/many_jobs.sh [JOBS]
set -eu
row=many-jobs
. "$(dirname "$0")/lib.sh"
bench_begin
jobs=${1:-$(pick 100000 2000)}

"$programs/queue_create" "$memory/queue" "$jobs" 8 >/dev/null
for round in 1 2 3; do
  "$programs/queue_look" "$memory/queue" >>"$work/looks"
done
middle() { sort -n -k "$1" "$work/looks" | awk -v field="$1" 'NR == 2 { print $field }'; }
[ "$(awk 'NR == 1 { print $1 }' "$work/looks")" -eq "$jobs" ] || { echo "jobs are missing" >&2; exit 1; }
line "$jobs jobs: open" "$(middle 2)" "s" "<=" 0.5 0.2
line "$jobs jobs: list" "$(middle 3)" "s" "<=" 0.3 0.1
line "$jobs jobs: memory" "$(middle 4)" "bytes a job" "<=" 1024 512
bench_table

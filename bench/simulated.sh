#!/bin/sh
# SPDX-License-Identifier: MIT
# Whole jobs on the in-memory origin with a virtual clock, files in memory and not synced.
# usage: bench/simulated.sh [ROUNDS [JOBS]]
set -eu
row=simulated
. "$(dirname "$0")/lib.sh"
bench_begin
rounds=${1:-$(pick 5 1)}
jobs=${2:-$(pick 50000 1000)}

mkdir "$memory/out"
round=0
while [ "$round" -lt "$rounds" ]; do
  "$programs/simulated_jobs" "$memory/out" "$jobs" >>"$work/rates"
  round=$((round + 1))
done
line "simulated jobs, virtual clock" "$(sort -n "$work/rates" | awk '{ r[NR] = $1 } END { print r[int((NR + 1) / 2)] }')" "jobs/s" ">=" 20000 100000
bench_table

#!/bin/sh
# SPDX-License-Identifier: MIT
# A queue of 10,000 jobs that nothing is to be done for: how often it wakes up.
# usage: bench/idle.sh [JOBS [SECONDS]]
set -eu
row=idle
. "$(dirname "$0")/lib.sh"
bench_begin
jobs=${1:-$(pick 10000 200)}
seconds=${2:-$(pick 5 1)}

"$programs/queue_create" "$memory/queue" "$jobs" 8 >/dev/null
line "$jobs idle jobs, $seconds s" "$("$programs/queue_look" "$memory/queue" "$seconds")" "wake-ups" "<=" 0 0
bench_table

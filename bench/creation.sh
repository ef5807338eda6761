#!/bin/sh
# SPDX-License-Identifier: MIT
# Jobs created in a queue on disk, each durable when the call returns, beside what the disk can do:
# a small append and an fdatasync for each.
# usage: bench/creation.sh [ROUNDS [JOBS]]
set -eu
row=creation
. "$(dirname "$0")/lib.sh"
bench_begin
rounds=${1:-$(pick 5 1)}
jobs=${2:-$(pick 2000 50)}

rate() { echo "$1 $2" >>"$work/times"; }
round=0
while [ "$round" -lt "$rounds" ]; do
  for name in $(printf 'raw\none\neight\n' | shuf); do
    quiet
    case $name in
      raw) rate "$name" "$("$programs/queue_create" --raw "$work/raw" "$jobs")" ;;
      one) rate "$name" "$("$programs/queue_create" "$work/queue" "$jobs" 1)" ;;
      eight) rate "$name" "$("$programs/queue_create" "$work/queue" "$jobs" 8)" ;;
    esac
    rm -rf "$work/queue" "$work/raw"
  done
  round=$((round + 1))
done
line "durable creation, one caller" "$(ratio one raw)" "x append + fdatasync" ">=" 0.5 0.6
# The aim is that callers share a commit: together they are faster than the disk alone.
line "durable creation, eight callers" "$(ratio eight raw)" "x append + fdatasync" ">=" 0.5 1.0
bench_table

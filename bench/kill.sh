#!/bin/sh
# SPDX-License-Identifier: MIT
# A download whose program is killed at about half, and goes on in another: how much the server, by
# its own log, sent twice.
# usage: bench/kill.sh [ROUNDS [MIB]]
set -eu
row="kill"
. "$(dirname "$0")/lib.sh"
bench_begin
rounds=${1:-$(pick 3 1)}
mib=${2:-$(pick 1024 64)}
rate_mib=$(pick 200 32)

mkdir "$memory/www"
head -c "$((mib * 1048576))" /dev/urandom >"$memory/www/big.bin"
serve "$memory/www" "limit_rate ${rate_mib}m; access_log $work/sent.log sent;"
verb() { "$xbits" -q --queue "$work/queue" "$@" >/dev/null; }

round=0
while [ "$round" -lt "$rounds" ]; do
  rm -rf "$work/queue" "$work/out.bin"
  : >"$work/sent.log"
  verb create bench
  verb add bench "$url/big.bin" "$work/out.bin"
  verb resume bench
  "$xbits" -q --queue "$work/queue" run >/dev/null 2>&1 &
  victim=$!
  # A different moment each round, near the middle.
  sleep "$(awk -v mib="$mib" -v rate="$rate_mib" -v n="$round" 'BEGIN { print mib / rate * (0.45 + n * 0.06) }')"
  kill -9 "$victim"
  wait "$victim" 2>/dev/null || true
  verb run
  verb complete bench
  cmp -s "$memory/www/big.bin" "$work/out.bin" || { echo "wrong bytes" >&2; exit 1; }
  # nginx writes a line when it has noticed that the client is gone.
  sleep 0.5
  awk -v mib="$mib" '{ n += $1 } END { printf "%.1f\n", n / 1048576 - mib }' "$work/sent.log" >>"$work/twice"
  [ "$(wc -l <"$work/sent.log")" -ge 3 ] || { echo "the program was not killed in between" >&2; exit 1; }
  round=$((round + 1))
done
line "$mib MiB, kill -9 at half, worst of $rounds" "$(sort -n "$work/twice" | tail -n 1)" "MiB sent again" "<=" 16 4
bench_table

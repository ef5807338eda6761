#!/bin/sh
# SPDX-License-Identifier: MIT
# One large file to disk: `xbits transfer` beside its peers, interleaved, as ratios to `curl -o`.
# usage: bench/large_file.sh [ROUNDS [MIB]]     Needs: nginx, curl, awk; builds build/release.
set -eu
rounds=${1:-5}
mib=${2:-1024}
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
cmake --preset release >/dev/null
cmake --build --preset release >/dev/null
xbits=$(find build/release -type f -name xbits -perm -u+x | head -n 1)
work=$(mktemp -d "$top/build/bench.XXXXXX")
served=$(mktemp -d)
port=$((20000 + $$ % 20000))
cleanup() {
  [ -s "$work/nginx.pid" ] && kill "$(cat "$work/nginx.pid")" 2>/dev/null
  rm -rf "$work" "$served"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
head -c "$((mib * 1048576))" /dev/urandom >"$served/big.bin"
chmod 755 "$served"
cat >"$work/nginx.conf" <<CONF
pid $work/nginx.pid;
error_log $work/error.log;
events {}
http { access_log off; sendfile on; tcp_nopush on;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3;
  uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:$port; root $served; } }
CONF
nginx -p "$work" -c "$work/nginx.conf" -e "$work/error.log"
url=http://127.0.0.1:$port/big.bin

now() { date +%s%N; }
# A virtual machine takes its free memory from the host page by page: touch as much as a run needs.
prime() {
  [ -d /dev/shm ] || return 0
  head -c "$((mib * 1258291))" /dev/zero >/dev/shm/xbits-bench.$$ 2>/dev/null || true
  rm -f /dev/shm/xbits-bench.$$
}
# What an earlier run left to write or to discard is not the next one's to pay.
quiet() {
  sync
  [ -r /proc/diskstats ] || return 0
  tries=0
  before=
  while [ "$tries" -lt 40 ]; do
    after=$(awk '{ n += $4 + $8 + $15 } END { print n }' /proc/diskstats)
    [ "$after" = "$before" ] && return 0
    before=$after
    tries=$((tries + 1))
    sleep 0.25
  done
}
run() { # run NAME COMMAND...
  name=$1
  shift
  rm -f "$work/out.bin"
  quiet
  prime
  begin=$(now)
  "$@" >/dev/null 2>"$work/run.log" || { cat "$work/run.log" >&2; exit 1; }
  end=$(now)
  cmp -s "$served/big.bin" "$work/out.bin" || { echo "$name: wrong bytes" >&2; exit 1; }
  echo "$name $(((end - begin) / 1000000))" >>"$work/times"
}
one() { # one NAME
  case $1 in
    curl) run "$1" curl -s -o "$work/out.bin" "$url" ;;
    curl+sync) run "$1" sh -c 'curl -s -o "$1" "$2" && sync "$1"' sh "$work/out.bin" "$url" ;;
    xbits) run "$1" "$xbits" transfer -q "$url" "$work/out.bin" ;;
    xbits-foreground) run "$1" "$xbits" transfer -q --priority foreground "$url" "$work/out.bin" ;;
    xbits-nosync) run "$1" "$xbits" transfer -q --set transfer.sync=no "$url" "$work/out.bin" ;;
    wget2) run "$1" wget2 -q -O "$work/out.bin" "$url" ;;
    aria2c) run "$1" aria2c -q --allow-overwrite=true -d "$work" -o out.bin "$url" ;;
  esac
}
programs="curl curl+sync xbits xbits-foreground xbits-nosync"
for peer in wget2 aria2c; do
  command -v "$peer" >/dev/null 2>&1 && programs="$programs $peer"
done

cat "$served/big.bin" >/dev/null
round=0
while [ "$round" -lt "$rounds" ]; do
  # In another order each round: what ran before leaves its mark on the disk.
  for program in $(echo "$programs" | tr ' ' '\n' | shuf); do
    one "$program"
  done
  round=$((round + 1))
done

# Medians of the ratios of one round, so that a noisy moment spoils one round only.
awk -v mib="$mib" '
  { n[$1]++; ms[$1, n[$1]] = $2; if (!($1 in seen)) { seen[$1] = 1; order[++names] = $1 } }
  function median(name, reference,    i, j, t, r, k) {
    k = n[name]
    for (i = 1; i <= k; i++) r[i] = ms[name, i] / ms[reference, i]
    for (i = 2; i <= k; i++) for (j = i; j > 1 && r[j] < r[j - 1]; j--) { t = r[j]; r[j] = r[j - 1]; r[j - 1] = t }
    return k % 2 ? r[(k + 1) / 2] : (r[k / 2] + r[k / 2 + 1]) / 2
  }
  function fastest(name,    i, least) {
    least = ms[name, 1]
    for (i = 2; i <= n[name]; i++) if (ms[name, i] < least) least = ms[name, i]
    return least
  }
  END {
    printf "one file of %d MiB, %d rounds; wall time as a ratio, median of rounds\n", mib, n["curl"]
    printf "%-18s %12s %16s %10s\n", "program", "/ curl -o", "/ curl and sync", "fastest ms"
    for (i = 1; i <= names; i++) printf "%-18s %12.2f %16.2f %10d\n", order[i], median(order[i], "curl"), median(order[i], "curl+sync"), fastest(order[i])
  }' "$work/times"

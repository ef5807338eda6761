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
run() { # run NAME COMMAND...
  name=$1
  shift
  rm -f "$work/out.bin"
  begin=$(now)
  "$@" >/dev/null 2>"$work/run.log" || { cat "$work/run.log" >&2; exit 1; }
  end=$(now)
  cmp -s "$served/big.bin" "$work/out.bin" || { echo "$name: wrong bytes" >&2; exit 1; }
  echo "$name $(((end - begin) / 1000000))" >>"$work/times"
}
curl_and_sync() { curl -s -o "$work/out.bin" "$url" && sync "$work/out.bin"; }

cat "$served/big.bin" >/dev/null
round=0
while [ "$round" -lt "$rounds" ]; do
  run "curl" curl -s -o "$work/out.bin" "$url"
  run "xbits" "$xbits" transfer -q "$url" "$work/out.bin"
  run "curl+sync" curl_and_sync
  run "xbits-foreground" "$xbits" transfer -q --priority foreground "$url" "$work/out.bin"
  run "xbits-nosync" "$xbits" transfer -q --set transfer.sync=no "$url" "$work/out.bin"
  command -v wget2 >/dev/null 2>&1 && run "wget2" wget2 -q -O "$work/out.bin" "$url"
  command -v aria2c >/dev/null 2>&1 && run "aria2c" aria2c -q --allow-overwrite=true -d "$work" -o out.bin "$url"
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
  END {
    printf "one file of %d MiB, %d rounds; wall time as a ratio, median of rounds\n", mib, n["curl"]
    printf "%-18s %12s %16s\n", "program", "/ curl -o", "/ curl and sync"
    for (i = 1; i <= names; i++) printf "%-18s %12.2f %16.2f\n", order[i], median(order[i], "curl"), median(order[i], "curl+sync")
  }' "$work/times"

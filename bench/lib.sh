# SPDX-License-Identifier: MIT
# Sourced by the rows of bench/run.sh: the build, a server of our own, quiet, medians, and the table.
# A row script sets `row` (its name in the table) and calls bench_begin; what it made is gone when it
# ends. XBITS_BENCH_QUICK=yes makes everything small; XBITS_BENCH_ROWS is the file for the table.
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
build=${XBITS_BENCH_BUILD:-$top/build/release}
quick=${XBITS_BENCH_QUICK:-no}
servers=

# XBITS_BENCH_BUILT: what is in the build directory is measured as it is.
bench_build() {
  [ -z "${XBITS_BENCH_BUILT-}" ] || return 0
  if [ ! -f "$build/build.ninja" ] && [ ! -f "$build/Makefile" ]; then
    cmake -S "$top" -B "$build" -DCMAKE_BUILD_TYPE=Release -DXBITS_TESTS=OFF >/dev/null
  fi
  cmake --build "$build" --target bench >/dev/null
}

bench_end() {
  for process in $servers; do
    kill "$process" 2>/dev/null || true
  done
  rm -rf "$work" "$memory"
}

# What is called in a subshell is not seen here, so that no cleaning up is done twice.
bench_begin() {
  bench_build
  xbits=$build/bin/xbits
  programs=$build/bench
  # The file system of the checkout, and one in memory where there is one.
  mkdir -p "$top/build"
  work=$(mktemp -d "$top/build/bench.XXXXXX")
  if [ -d /dev/shm ]; then memory=$(mktemp -d /dev/shm/xbits-bench.XXXXXX); else memory=$(mktemp -d); fi
  chmod 755 "$work" "$memory"
  trap bench_end EXIT
  trap 'exit 130' INT TERM
  lines=$work/rows
  : >"$lines"
}

# pick FULL QUICK
pick() { if [ "$quick" = yes ]; then echo "$2"; else echo "$1"; fi; }
has() { command -v "$1" >/dev/null 2>&1; }
now() { date +%s%N; }

# serve DIRECTORY [DIRECTIVES]: nginx over a directory; sets url.
serve() {
  port=$((20000 + $$ % 20000))
  mkdir "$work/nginx"
  cat >"$work/nginx/nginx.conf" <<CONF
user $(id -un) $(id -gn);
pid $work/nginx/pid;
error_log $work/nginx/error.log;
worker_rlimit_nofile 8192;
events { worker_connections 2048; }
http { log_format sent '\$body_bytes_sent'; access_log off; sendfile on; tcp_nopush on;
  keepalive_requests 10000000; open_file_cache max=2000;
  client_body_temp_path $work/nginx/t1; proxy_temp_path $work/nginx/t2;
  fastcgi_temp_path $work/nginx/t3; uwsgi_temp_path $work/nginx/t4; scgi_temp_path $work/nginx/t5;
  server { listen 127.0.0.1:$port; root $1; ${2-} } }
CONF
  nginx -p "$work/nginx" -c "$work/nginx/nginx.conf" -e "$work/nginx/error.log" 2>/dev/null
  for tries in 1 2 3 4 5 6 7 8 9 10; do
    [ -s "$work/nginx/pid" ] && break
    sleep "0.$tries"
  done
  servers="$servers $(cat "$work/nginx/pid")"
  url=http://127.0.0.1:$port
}

# A virtual machine takes its free memory from the host page by page: touch as much as a run needs.
prime() { # prime MIB
  [ -d /dev/shm ] || return 0
  head -c "$(($1 * 1258291))" /dev/zero >/dev/shm/xbits-prime.$$ 2>/dev/null || true
  rm -f /dev/shm/xbits-prime.$$
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

# timed NAME COMMAND...: runs it and adds its wall time to the round's times; what fails ends the row.
timed() {
  name=$1
  shift
  begin=$(now)
  "$@" >/dev/null 2>"$work/run.log" || { cat "$work/run.log" >&2; exit 1; }
  end=$(now)
  echo "$name $(((end - begin) / 1000000))" >>"$work/times"
}

# ratio NAME REFERENCE: the median, over the rounds, of NAME's figure by REFERENCE's. A noisy moment
# spoils one round only.
ratio() {
  awk -v name="$1" -v reference="$2" '
    $1 == name { a[++n] = $2 }
    $1 == reference { b[++m] = $2 }
    END {
      for (i = 1; i <= n; i++) r[i] = b[i] > 0 ? a[i] / b[i] : 0
      for (i = 2; i <= n; i++)
        for (j = i; j > 1 && r[j] < r[j - 1]; j--) { t = r[j]; r[j] = r[j - 1]; r[j - 1] = t }
      if (n > 0 && n == m)
        printf "%.2f", n % 2 ? r[(n + 1) / 2] : (r[n / 2] + r[n / 2 + 1]) / 2
      else
        printf "-"
    }' "$work/times"
}

# line WHAT FIGURE UNIT [SIGN MUST AIM]: one line of the table; SIGN is <= or >=. A figure "-" was not
# measured, and says why in UNIT.
line() {
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$row" "$1" "$2" "$3" "${4--}" "${5--}" "${6--}" >>"$lines"
}

# Prints the lines as a table, or hands them to run.sh.
bench_table() {
  if [ -n "${XBITS_BENCH_ROWS-}" ]; then cat "$lines" >>"$XBITS_BENCH_ROWS"; else print_table "$lines"; fi
}

print_table() {
  awk -F '\t' -v quick="$quick" '
    function holds(figure, sign, limit) {
      return sign == "<=" ? figure + 0 <= limit + 0 : figure + 0 >= limit + 0
    }
    BEGIN {
      printf "%-12s %-46s %10s %-22s %8s %8s  %s\n", "row", "measured", "figure", "", "must", "aim", "met"
    }
    {
      met = ""
      if ($3 == "-") met = "not measured"
      else if ($5 != "-" && quick == "yes") met = "not judged"
      else if ($5 != "-" && !holds($3, $5, $6)) met = "NOT MET"
      else if ($5 != "-") met = holds($3, $5, $7) ? "aim" : "must"
      must = $5 == "-" ? "" : $5 $6
      aim = $5 == "-" ? "" : $5 $7
      printf "%-12s %-46s %10s %-22s %8s %8s  %s\n", $1, $2, $3, $4, must, aim, met
    }' "$1"
}

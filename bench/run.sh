#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures xbits beside its peers, and prints every figure that has an aim as one table.
# usage: bench/run.sh [--quick] [ROW...]     Needs: nginx, curl, awk; wget2 and aria2c if they are here.
#   --quick  everything small: shows that the rows work, says nothing about speed
# XBITS_BENCH_BUILD names another build directory than build/release.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

# The rows: name and script. Each prints its own table when it is run alone.
rows='
  large-file  large_file.sh
  small-files small_files.sh
  creation    creation.sh
  many-jobs   many_jobs.sh
  idle        idle.sh
  tiny-job    tiny_job.sh
  kill        kill.sh
  simulated   simulated.sh
  player      player.sh
  page        page.sh
'

if [ "${1-}" = --quick ]; then
  XBITS_BENCH_QUICK=yes
  export XBITS_BENCH_QUICK
  shift
fi
for wanted in "$@"; do
  echo "$rows" | grep -q "^ *$wanted " || { echo "bench: there is no row $wanted" >&2; exit 2; }
done
. "$here/lib.sh"
for peer in nginx curl; do
  has "$peer" || { echo "bench: $peer is missing: scripts/install.sh --all" >&2; exit 1; }
done
bench_build
table=$(mktemp)
trap 'rm -f "$table"' EXIT
trap 'exit 130' INT TERM
XBITS_BENCH_BUILT=yes
XBITS_BENCH_ROWS=$table
export XBITS_BENCH_BUILT XBITS_BENCH_ROWS
failed=no
for name in $(echo "$rows" | awk -v wanted=" $* " 'NF == 2 && (wanted == "  " || index(wanted, " " $1 " ")) { print $1 }'); do
  script=$(echo "$rows" | awk -v name="$name" '$1 == name { print $2 }')
  echo "bench: $name" >&2
  sh "$here/$script" || { echo "bench: the row $name failed" >&2; failed=yes; }
done
print_table "$table"
for peer in wget2 aria2c; do
  has "$peer" || echo "bench: $peer is missing, so nothing was measured beside it" >&2
done
[ "$failed" = no ]

#!/bin/sh
# SPDX-License-Identifier: MIT
# Every header compiles alone, and twice: the public ones as C17 and C++17, ours as C17.
# usage: headers.sh TREE c|c++ COMPILER [FLAG...]
. "$(dirname "$0")/check.sh"
language=$1
compiler=$2
shift 2
command -v "$compiler" >/dev/null 2>&1 || skip "no $language compiler"
make_scratch

case $language in
  c) list=$(files '*.h' | grep -E '^(include|src)/' | grep -v '_win32\.h$' || true) ;;
  c++) list=$(files '*.h' | grep -E '^include/' || true) ;;
esac
case $language in
  c) set -- -std=c17 -Wstrict-prototypes "$@" ;;
  c++) set -- -std=c++17 "$@" ;;
esac
[ "$(uname)" = Darwin ] || set -- -D_POSIX_C_SOURCE=200809L "$@"

for header in $list; do
  name=${header#include/}
  name=${name#src/}
  printf '#include "%s"\n#include "%s"\nextern int not_empty;\n' "$name" "$name" >"$scratch/alone.c"
  "$compiler" -x "$language" -fsyntax-only -Wall -Wextra -Wpedantic -Wundef -Wshadow -Werror \
    -D_FILE_OFFSET_BITS=64 -Iinclude -Isrc "$@" "$scratch/alone.c" 2>"$scratch/said" || {
    why=$(grep -m 1 -E 'error|warning' "$scratch/said" || head -n 1 "$scratch/said")
    printf '%s\t%s:1: does not compile alone as %s: %s\n' "$header" "$header" "$language" "${why##*error: }"
  }
done | report

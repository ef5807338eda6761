#!/bin/sh
# SPDX-License-Identifier: MIT
# The library keeps nothing in writable globals but the log and the thread's last error.
# usage: globals.sh TREE STATIC-LIBRARY
. "$(dirname "$0")/check.sh"
library=$1
[ "$(uname)" = Linux ] || skip "not an ELF system"
command -v objdump >/dev/null 2>&1 || skip "no objdump"
# Thread-local objects lie in .tbss and .tdata, constants with addresses in .data.rel.ro.
objdump -t "$library" | awk '
  / file format / { split($1, part, ":"); object = part[1] }
  $3 == "O" && $4 ~ /^(\.data|\.bss|\*COM\*)$/ || $2 == "O" && $3 ~ /^(\.data|\.bss|\*COM\*)$/ {
    sub(/\.[0-9]+$/, "", $NF)
    printf "%s\t%s:1: %s is a writable global\n", $NF, object, $NF
  }' | report

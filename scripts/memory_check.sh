#!/bin/sh
# SPDX-License-Identifier: MIT
# One program under valgrind: any error and any byte lost is a failure. usage: memory_check.sh RESULTS PROGRAM
# Leaves RESULTS/NAME.log, and RESULTS/NAME.passed when it passed.
set -u
results=$1
name=$(basename "$2")
cd "$(dirname "$2")" || exit 0
# A system call that is refused its kernel support is no finding; a program's output is.
if valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
  "./$name" >"$results/$name.log" 2>&1; then
  : >"$results/$name.passed"
fi
exit 0

#!/bin/sh
# SPDX-License-Identifier: MIT
# A file that is made from the tables is as the tables make it today.
# usage: generated.sh TREE [--write] FILE COMMAND [ARGUMENT...]
. "$(dirname "$0")/check.sh"
write=no
[ "$1" != --write ] || { write=yes; shift; }
file=$1
shift
make_scratch
"$@" >"$scratch/now" || { echo "$file:1: $1 failed"; exit 1; }
if [ "$write" = yes ]; then
  cmp -s "$scratch/now" "$file" || { cp "$scratch/now" "$file" && echo "$file: written"; }
  exit 0
fi
[ -f "$file" ] || { echo "$file:1: is missing; cmake --build BUILD --target generate writes it"; exit 1; }
diff -u "$file" "$scratch/now" || {
  echo "$file:1: is not what the tables say; cmake --build BUILD --target generate writes it"
  exit 1
}

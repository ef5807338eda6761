#!/bin/sh
# SPDX-License-Identifier: MIT
# The shared library shows what the public headers declare with XBITS_API: all of it, nothing else.
# usage: symbols.sh TREE LIBRARY
. "$(dirname "$0")/check.sh"
library=$1
command -v nm >/dev/null 2>&1 || skip "no nm"
make_scratch

case $(uname) in
  Darwin) nm -gU "$library" | awk '{ sub(/^_/, "", $NF); print $NF }' ;;
  *) nm -D --defined-only "$library" | awk '$2 ~ /[TDBRVW]/ { print $NF }' ;;
esac | grep -vx -e _init -e _fini | sort >"$scratch/shown" || true

# A declaration may go over several lines; the function's name is the word before its first "(".
for header in $(c_files include); do
  awk -f "$here/c_text.awk" -f - "$header" <<'AWK'
    {
      line = code($0)
      if (line ~ /^ *#/)
        next
      text = text " " line
      if (text !~ /;/)
        next
      if (match(text, /XBITS_API [^;(]*\(/)) {
        name = substr(text, RSTART, RLENGTH - 1)
        sub(/.*[^A-Za-z0-9_]/, "", name)
        print name
      }
      text = ""
    }
AWK
done | sort >"$scratch/declared"

{
  comm -23 "$scratch/declared" "$scratch/shown" |
    sed 's|.*|&\tinclude/xbits:1: & is declared, but the library does not show it|'
  comm -13 "$scratch/declared" "$scratch/shown" |
    sed 's|.*|&\tinclude/xbits:1: the library shows &, which no public header declares|'
} | report

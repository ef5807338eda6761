#!/bin/sh
# SPDX-License-Identifier: MIT
# What the Markdown files link to inside the tree is there.
. "$(dirname "$0")/check.sh"
files '*.md' | while read -r page; do
  folder=$(dirname "$page")
  awk '
    /^```/ { fenced = !fenced }
    fenced { next }
    {
      line = $0
      while (match(line, /\]\([^)#]+/)) {
        print FNR, substr(line, RSTART + 2, RLENGTH - 2)
        line = substr(line, RSTART + RLENGTH)
      }
    }' "$page" | while read -r line target; do
    case $target in
      http:* | https:* | mailto:*) continue ;;
    esac
    [ -e "$folder/$target" ] || printf '%s\t%s:%s: there is no %s\n' "$page" "$page" "$line" "$target"
  done
done | report

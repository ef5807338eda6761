#!/bin/sh
# SPDX-License-Identifier: MIT
# Names that belong to others: include/bits/ hides the C library's own headers; <bits.h>, BG_* and
# BITS_* are the Windows SDK's, which programs include beside ours.
. "$(dirname "$0")/check.sh"
{
  for folder in include/bits src/bits; do
    [ ! -e "$folder" ] || printf '%s\t%s:1: this folder hides a system header\n' "$folder" "$folder"
  done
  run_awk reserved "$(c_files include src tests bench | grep -Ev '^(src/backend-bits|src/com|include/xbits-com)/')"
} | report

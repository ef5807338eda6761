#!/bin/sh
# SPDX-License-Identifier: MIT
# clang-format would change nothing. Versions disagree about details, so exactly 14 is asked.
. "$(dirname "$0")/check.sh"
for tool in clang-format-14 clang-format; do
  command -v "$tool" >/dev/null 2>&1 || continue
  "$tool" --version | grep -q ' version 14\.' || continue
  # shellcheck disable=SC2046
  c_files | tr '\n' '\0' | xargs -0 "$tool" --style=file --dry-run 2>&1 |
    awk '/: warning: code should be clang-formatted/ {
      split($0, part, ":")
      if (!seen[part[1]]++)
        printf "%s\t%s:%s: not as clang-format 14 writes it\n", part[1], part[1], part[2]
    }' | report
  exit $?
done
skip "no clang-format 14"

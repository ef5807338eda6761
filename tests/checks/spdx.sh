#!/bin/sh
# SPDX-License-Identifier: MIT
# Every source, script and build file says its licence in its first two lines.
. "$(dirname "$0")/check.sh"
{
  files '*.c' '*.h' '*.sh' '*.awk' '*.cmake' CMakeLists.txt
  [ ! -f .ci/run ] || echo .ci/run
} | while read -r file; do
  head -n 2 "$file" | grep -q 'SPDX-License-Identifier: MIT' ||
    printf '%s\t%s:1: no line "SPDX-License-Identifier: MIT"\n' "$file" "$file"
done | report

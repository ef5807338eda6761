#!/bin/sh
# SPDX-License-Identifier: MIT
# No call of a function that banned.txt names, but where it says so.
. "$(dirname "$0")/check.sh"
BANNED=$here/banned.txt
export BANNED
run_awk banned "$(c_files include src tests bench)" | report

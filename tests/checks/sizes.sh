#!/bin/sh
# SPDX-License-Identifier: MIT
# Sizes: function <= 60 lines and 5 parameters, nesting <= 3, .c <= 600 lines, .h <= 250, 100 columns.
. "$(dirname "$0")/check.sh"
run_awk sizes "$(c_files)" | report

#!/bin/sh
# SPDX-License-Identifier: MIT
# What the formatter cannot say: no "//", no "default:", no #if inside a function, no states compared
# by size, a TODO with its number, the own header first.
. "$(dirname "$0")/check.sh"
run_awk style "$(c_files)" | report

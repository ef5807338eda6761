#!/bin/sh
# SPDX-License-Identifier: MIT
# Includes go downwards only: every #include of src/ and include/ against layers.txt.
. "$(dirname "$0")/check.sh"
[ -f tests/checks/layers.txt ] || { echo "tests/checks/layers.txt:1: is missing"; exit 1; }
LAYERS=tests/checks/layers.txt
export LAYERS
run_awk layers "$(c_files include src)" | report

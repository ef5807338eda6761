#!/bin/sh
# SPDX-License-Identifier: MIT
# A failing result is born in xbits_fail*(), which keeps the reason. Elsewhere none is returned, nor
# put into a variable on its way to a return.
. "$(dirname "$0")/check.sh"
run_awk born "$(c_files src | grep -v '^src/base/result\.c$')" | report

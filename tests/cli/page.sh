#!/bin/sh
# SPDX-License-Identifier: MIT
# The commands of a page print what the page says. usage: page.sh GOLDEN PROGRAM PAGE
set -eu
script=$(mktemp)
trap 'rm -f "$script"' EXIT
here=$(cd "$(dirname "$0")" && pwd)
awk -v examples="${here%/tests/cli}/examples/" -f "$here/page.awk" "$3" >"$script"
"$1" "$2" "$script"

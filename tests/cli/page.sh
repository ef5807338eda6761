#!/bin/sh
# SPDX-License-Identifier: MIT
# The commands of a page print what the page says. usage: page.sh GOLDEN PROGRAM PAGE
set -eu
script=$(mktemp)
trap 'rm -f "$script"' EXIT
awk -f "$(dirname "$0")/page.awk" "$3" >"$script"
"$1" "$2" "$script"

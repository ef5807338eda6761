#!/bin/sh
# SPDX-License-Identifier: MIT
# What `cmake --install` puts down is enough: a program finds it by pkg-config and by find_package,
# links it shared and static, and downloads; and the installed xbits runs.
# usage: installed.sh TREE BUILD COMPILER
. "$(dirname "$0")/check.sh"
build=$1
compiler=$2
make_scratch
prefix=$scratch/usr

fail() {
  echo "cmake/XbitsInstall.cmake:1: $*"
  exit 1
}

# must WHAT COMMAND...: quiet, unless it fails.
must() {
  what=$1
  shift
  "$@" >"$scratch/said" 2>&1 || { tail -n 20 "$scratch/said"; fail "$what"; }
}

# downloads PROGRAM
downloads() {
  rm -f "$scratch/a.bin"
  must "$(basename "$1") does not run" env LD_LIBRARY_PATH="$libraries" "$1" "$scratch/a.bin"
  [ "$(wc -c <"$scratch/a.bin")" -eq 100000 ] || fail "$(basename "$1") downloads nothing"
}

must "cmake --install fails" cmake --install "$build" --prefix "$prefix"
mkdir -p "$prefix"
pc=$(find "$prefix" -name xbits.pc)
[ -n "$pc" ] || fail "no xbits.pc is installed"
libraries=$(cd "$(dirname "$pc")/.." && pwd)
[ -f "$prefix/include/xbits/xbits.h" ] || fail "no headers are installed"
must "the installed program does not run" "$prefix/bin/xbits" --version

PKG_CONFIG_PATH=$libraries/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
export PKG_CONFIG_PATH
must "xbits.pc is wrong" pkg-config --exists --print-errors "xbits >= 0.1.0"
# shellcheck disable=SC2046
must "nothing links by pkg-config" "$compiler" -std=c17 -o "$scratch/by_pkg_config" \
  "$here/consumer/consumer.c" $(pkg-config --cflags --libs xbits)
downloads "$scratch/by_pkg_config"

must "find_package does not find xbits" cmake -S "$here/consumer" -B "$scratch/consumer" \
  -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$compiler"
must "nothing links by find_package" cmake --build "$scratch/consumer"
for kind in xbits xbits_shared xbits_static; do
  downloads "$scratch/consumer/consumer_$kind"
done

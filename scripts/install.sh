#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what building and testing xbits needs and this machine has not; nothing when all is here.
# usage: scripts/install.sh [--all]
#   --all  also the tools of the slow suites: clang, clang-format 14, valgrind, nginx, python3
# Uses apt-get (as root or by sudo) or brew. Elsewhere it names what is missing and fails.
set -eu

# What is needed, how to see that it is here, and its package.
#   kind:name            apt package            brew formula
light='
  cc:cc                  gcc,libc6-dev          -
  cmake:3.25             cmake                  cmake
  command:pkg-config     pkg-config             pkgconf
  command:make           make                   make
  command:ninja          ninja-build            ninja
  command:curl           curl                   curl
  module:libcurl>=7.88   libcurl4-openssl-dev   curl
  module:sqlite3>=3.37   libsqlite3-dev         sqlite
  module:inih            libinih-dev            inih
  module:libcrypto>=1.1.1 libssl-dev            openssl@3
  module:libmicrohttpd   libmicrohttpd-dev      libmicrohttpd
  module:jansson         libjansson-dev         jansson
  module:cmocka          libcmocka-dev          cmocka
  module:duktape         duktape-dev            -
'
heavy='
  command:c++            g++                    -
  command:clang          clang                  -
  format:14              clang-format-14        clang-format@14
  command:valgrind       valgrind               -
  command:nginx          nginx-light            nginx
  command:wget2          wget2                  wget2
  command:aria2c         aria2                  aria2
  command:python3        python3                python3
'

# shellcheck source=scripts/environment.sh
. "$(dirname "$0")/environment.sh"

say() {
  echo "install: $*"
}

has_compiler() {
  command -v cc >/dev/null 2>&1 && printf '#include <stdio.h>\n' | cc -E - >/dev/null 2>&1
}

# has_cmake MAJOR.MINOR
has_cmake() {
  command -v cmake >/dev/null 2>&1 &&
    cmake --version | awk -v need="$1" 'NR == 1 {
      split($3, have, "."); split(need, want, ".")
      exit !(have[1] > want[1] || (have[1] == want[1] && have[2] >= want[2]))
    }'
}

# has_format MAJOR
has_format() {
  command -v "clang-format-$1" >/dev/null 2>&1 ||
    { command -v clang-format >/dev/null 2>&1 && clang-format --version | grep -q " version $1\."; }
}

# has_module NAME[>=VERSION]: pkg-config wants blanks around the sign.
has_module() {
  command -v pkg-config >/dev/null 2>&1 &&
    pkg-config --exists "$(echo "$1" | sed 's/>=/ >= /')"
}

# has KIND:NAME
has() {
  case $1 in
    cc:*) has_compiler ;;
    cmake:*) has_cmake "${1#*:}" ;;
    command:*) command -v "${1#*:}" >/dev/null 2>&1 ;;
    format:*) has_format "${1#*:}" ;;
    module:*) has_module "${1#*:}" ;;
  esac
}

# missing ROWS COLUMN: the packages, in the manager's words, of the rows whose thing is not here.
missing() {
  printf '%s\n' "$1" | while read -r thing apt brew; do
    [ -n "$thing" ] || continue
    has "$thing" && continue
    case $2 in
      apt) echo "$apt" | tr ',' '\n' ;;
      brew) echo "$brew" ;;
      *) echo "$thing" ;;
    esac
  done | grep -vx -e - | sort -u | tr '\n' ' ' || true
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    say "not root and no sudo: cannot run $*" >&2
    exit 1
  fi
}

# Runs quietly; shows what was said only when it failed.
quietly() {
  log=$(mktemp "${TMPDIR:-/tmp}/xbits-install.XXXXXX")
  if "$@" >"$log" 2>&1; then
    rm -f "$log"
    return 0
  fi
  tail -n 20 "$log" >&2
  rm -f "$log"
  return 1
}

# A fresh image has no package lists, and old ones name packages that are gone.
apt_update() {
  say "apt-get update"
  quietly as_root apt-get update
}

# apt_known PACKAGES: those this distribution has; the others are named.
apt_known() {
  for package in $1; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      printf '%s ' "$package"
    else
      say "$package is not in this distribution's lists; what needs it will be skipped" >&2
    fi
  done
}

apt_install() {
  apt-cache show cmake >/dev/null 2>&1 || apt_update
  packages=$(apt_known "$1")
  [ -n "$packages" ] || return 0
  say "apt-get install $packages"
  set -- env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends
  # shellcheck disable=SC2086
  quietly as_root "$@" $packages || { apt_update && quietly as_root "$@" $packages; }
}

install_rows() {
  if command -v apt-get >/dev/null 2>&1; then
    packages=$(missing "$1" apt)
    [ -z "$packages" ] || apt_install "$packages"
  elif command -v brew >/dev/null 2>&1; then
    packages=$(missing "$1" brew)
    # shellcheck disable=SC2086
    [ -z "$packages" ] || { say "brew install $packages" && quietly brew install $packages; }
  fi
}

main() {
  wants_heavy=no
  case ${1-} in
    '') ;;
    --all) wants_heavy=yes ;;
    *)
      sed -n '3,6s/^# //p' "$0" >&2
      exit 2
      ;;
  esac
  install_rows "$light"
  # A suite whose tool cannot be had is skipped by name later; it stops nothing here.
  [ "$wants_heavy" = no ] || install_rows "$heavy" || say "not every tool could be installed" >&2
  lacking=$(missing "$light" any)
  if [ -n "$lacking" ]; then
    say "still missing: $lacking" >&2
    exit 1
  fi
}

main "$@"

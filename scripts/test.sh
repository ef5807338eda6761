#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing, builds xbits and runs its tests. The last line: N passed, N failed, N skipped.
# usage: scripts/test.sh [--all]
#   --all  also the slow suites: sanitizers, valgrind, clang, a build without a preset
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/environment.sh
. scripts/environment.sh

wants_all=no
case ${1-} in
  '') ;;
  --all) wants_all=yes ;;
  *)
    sed -n '3,5s/^# //p' "$0" >&2
    exit 2
    ;;
esac

passed=0
failed=0
skipped=0
problems=
launcher= # A command that runs ctest, for sanitizers that need one.
scratch=$(mktemp -d "${TMPDIR:-/tmp}/xbits-test.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

say() {
  echo "== $*"
}

# count_failure WHAT
count_failure() {
  failed=$((failed + 1))
  problems="$problems
failed: $1"
}

# count_skip WHAT WHY
count_skip() {
  skipped=$((skipped + 1))
  problems="$problems
skipped: $1: $2"
}

# quietly WHAT COMMAND...: its output is shown only when it fails; then WHAT is a failed test.
quietly() {
  what=$1
  shift
  if "$@" >"$scratch/log" 2>&1; then
    return 0
  fi
  tail -n 60 "$scratch/log"
  count_failure "$what"
  return 1
}

# run_ctest RUN ARGUMENT...: adds up its tests; shows what the failed ones said.
run_ctest() {
  run=$1
  shift
  rm -f "$scratch/junit.xml"
  is_good=yes
  # shellcheck disable=SC2086
  $launcher ctest -j2 --output-junit "$scratch/junit.xml" "$@" >"$scratch/log" 2>&1 || is_good=no
  if [ ! -s "$scratch/junit.xml" ]; then
    tail -n 20 "$scratch/log"
    count_failure "$run: no test ran"
    return 0
  fi
  awk -f scripts/junit.awk "$scratch/junit.xml" >"$scratch/tests"
  sed -n '/^failed /,/^[ps]/{/^[ps]/!p;}' "$scratch/tests"
  run_passed=$(grep -c '^passed ' "$scratch/tests" || true)
  run_failed=$(grep -c '^failed ' "$scratch/tests" || true)
  run_skipped=$(grep -c '^skipped ' "$scratch/tests" || true)
  passed=$((passed + run_passed))
  failed=$((failed + run_failed))
  skipped=$((skipped + run_skipped))
  names=$(sed -n -e "s/^failed /failed: $run: /p" -e "s/^skipped /skipped: $run: /p" "$scratch/tests")
  problems="$problems${names:+
$names}"
  [ "$is_good" = yes ] || [ "$run_failed" -gt 0 ] || count_failure "$run: ctest itself"
}

# A build directory keeps its generator; a new one gets ninja where there is ninja.
configure() {
  directory=$1
  shift
  if [ -f "$directory/CMakeCache.txt" ]; then
    cmake "$@"
  elif command -v ninja >/dev/null 2>&1; then
    CMAKE_GENERATOR=Ninja cmake "$@"
  else
    cmake "$@"
  fi
}

# preset NAME: configures, builds and runs it.
preset() {
  say "preset $1"
  quietly "$1: configure" configure "build/$1" --preset "$1" || return 0
  quietly "$1: build" cmake --build --preset "$1" -j2 || return 0
  run_ctest "$1" --preset "$1"
}

# sanitizer PRESET FLAGS: the preset, where the compiler has the sanitizer and the kernel lets it run.
sanitizer() {
  launcher=
  if ! echo 'int main(void) { return 0; }' | cc -x c "-fsanitize=$2" -o "$scratch/probe" - 2>/dev/null; then
    count_skip "$1 preset" "the compiler has no -fsanitize=$2"
    return 0
  fi
  # ThreadSanitizer of older compilers cannot live with much randomness in addresses.
  if ! "$scratch/probe" >/dev/null 2>&1; then
    launcher="setarch $(uname -m) -R"
    if ! $launcher "$scratch/probe" >/dev/null 2>&1; then
      count_skip "$1 preset" "a program with -fsanitize=$2 does not run on this kernel"
      launcher=
      return 0
    fi
  fi
  preset "$1"
  launcher=
}

# What is not run under valgrind, and why.
unwatched='
  test_unit_js_limits     scripts that end at their limits, and thirty times slower
  test_unit_page_limits   pages that end at their limits, likewise
  test_unit_library_open  its children end with the library of their parent open
  test_unit_process       a program that cannot be started fails in another way there
  test_unit_queue_reader  its children end in the middle of their work, on purpose
  test_unit_queue_speed   100,000 jobs, and twenty times slower
'

# The tests that a build directory holds, each under valgrind, two at a time.
memory_check() {
  say "valgrind, unit tests"
  command -v valgrind >/dev/null 2>&1 || { count_skip "valgrind" "not installed"; return 0; }
  find build/dev/tests/unit -type f -name 'test_*' -perm -u+x | sort >"$scratch/programs"
  for name in $(echo "$unwatched" | awk '{ print $1 }'); do
    grep -v "/$name\$" "$scratch/programs" >"$scratch/watched" || true
    mv "$scratch/watched" "$scratch/programs"
  done
  mkdir "$scratch/valgrind"
  xargs -P 2 -n 1 sh scripts/memory_check.sh "$scratch/valgrind" <"$scratch/programs"
  while read -r program; do
    name=$(basename "$program")
    if [ -f "$scratch/valgrind/$name.passed" ]; then
      passed=$((passed + 1))
    else
      tail -n 40 "$scratch/valgrind/$name.log"
      count_failure "valgrind: $name"
    fi
  done <"$scratch/programs"
}

# Another compiler: its warnings are errors, too, and the unit tests run.
clang_build() {
  say "clang"
  command -v clang >/dev/null 2>&1 || { count_skip "clang build" "clang is not installed"; return 0; }
  quietly "clang: configure" configure build/clang -S . -B build/clang -DCMAKE_C_COMPILER=clang \
    -DCMAKE_BUILD_TYPE=Release -DXBITS_WERROR=ON || return 0
  quietly "clang: build" cmake --build build/clang -j2 || return 0
  run_ctest clang --test-dir build/clang -L unit
}

# What README says for a build by hand: no preset, no generator named, the default build type.
plain_build() {
  say "a build without a preset"
  quietly "plain: configure" cmake -S . -B "$scratch/b" || return 0
  quietly "plain: build" cmake --build "$scratch/b" -j2 || return 0
  run_ctest plain --test-dir "$scratch/b" -L 'unit|cli'
}

if [ "$wants_all" = yes ]; then
  sh scripts/install.sh --all || count_failure "install"
else
  sh scripts/install.sh || { count_failure "install"; echo "$passed passed, $failed failed, $skipped skipped"; exit 1; }
fi

preset dev
if [ "$wants_all" = yes ]; then
  sanitizer asan address,undefined
  sanitizer tsan thread
  memory_check
  clang_build
  plain_build
else
  for suite in "asan preset" "tsan preset" "valgrind on the unit tests" "clang build" "build without a preset"; do
    count_skip "$suite" "slow; scripts/test.sh --all runs it"
  done
fi

[ -z "$problems" ] || printf '%s\n' "$problems" | sed 1d
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]

#!/bin/sh
# SPDX-License-Identifier: MIT
# Shows that every check fails when it should: each gets a small tree with one thing wrong, and the
# same tree without it.
# usage: selftest.sh TREE C-COMPILER C++-COMPILER
. "$(dirname "$0")/check.sh"
compiler=$1
cpp_compiler=$2
make_scratch
failures=0
cases=0

# A tree without a fault: a public header, two layers, a script, a page.
good_tree() {
  rm -rf "$scratch/tree"
  mkdir -p "$scratch/tree" && cd "$scratch/tree"
  mkdir -p include/xbits src/base src/job tests/checks scripts docs
  cp "$here/../../.clang-format" .clang-format 2>/dev/null || true
  cat >tests/checks/layers.txt <<'TEXT'
# layer : may include : foreign headers
base    :             : pthread.h
job     : base        :
TEXT
  cat >include/xbits/result.h <<'TEXT'
/* SPDX-License-Identifier: MIT */
#ifndef XBITS_RESULT_H
#define XBITS_RESULT_H
#ifdef __cplusplus
extern "C" {
#endif
#ifndef XBITS_API
#define XBITS_API __attribute__((visibility("default")))
#endif
XBITS_API int xbits_answer(int number);
#ifdef __cplusplus
}
#endif
#endif
TEXT
  cat >src/base/text.h <<'TEXT'
/* SPDX-License-Identifier: MIT */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stddef.h>

size_t text_length(const char *text);

#endif
TEXT
  cat >src/base/text.c <<'TEXT'
/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <pthread.h>
#include <string.h>

/* Says "sprintf(x)" and BG_E_EMPTY and // and default: in words only. */
size_t text_length(const char *text)
{
    if (text == NULL)
        return strlen("http://sprintf(x) BG_E_EMPTY default:");
    return strlen(text);
}
TEXT
  cat >src/job/job.c <<'TEXT'
/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "xbits/result.h"

int xbits_answer(int number)
{
    if (number == XBITS_E_FAIL)
        return xbits_fail(XBITS_E_INVALIDARG, "no %d", number);
    return number;
}
TEXT
  printf '#!/bin/sh\n# SPDX-License-Identifier: MIT\n' >scripts/run.sh
  printf 'See [the page](docs/page.md).\n\n```c\nxbits_answer(1);\n```\n' >README.md
  echo one >docs/page.md
}

# line FILE TEXT...: lines added to the end of a file of the tree.
line() {
  file=$1
  shift
  mkdir -p "$(dirname "$file")"
  [ -f "$file" ] || echo '/* SPDX-License-Identifier: MIT */' >"$file"
  printf '%s\n' "$@" >>"$file"
}

# body LINES: a function of so many lines, all told.
body() {
  printf 'void long_one(void)\n{\n'
  i=3
  while [ "$i" -lt "$1" ]; do
    echo '    again();'
    i=$((i + 1))
  done
  echo '}'
}

wrong() {
  failures=$((failures + 1))
  echo "tests/checks/selftest.sh:1: $*"
  sed 's/^/    /' "$scratch/said"
}

# passes CHECK [ARGUMENT...]: the tree as it is has nothing wrong.
passes() {
  name=$1
  shift
  cases=$((cases + 1))
  "$here/$name.sh" "$scratch/tree" "$@" >"$scratch/said" 2>&1 || wrong "$name finds fault with a good tree:"
}

# finds CHECK TEXT [ARGUMENT...]: the check fails and says TEXT; then the tree is good again.
finds() {
  name=$1
  text=$2
  shift 2
  cases=$((cases + 1))
  if "$here/$name.sh" "$scratch/tree" "$@" >"$scratch/said" 2>&1; then
    wrong "$name does not find: $text"
  elif ! grep -qF -e "$text" "$scratch/said"; then
    wrong "$name fails without saying: $text"
  fi
  good_tree
}

good_tree
for name in layers reserved banned style sizes born spdx links; do
  passes "$name"
done

# layers
line src/base/text.c '#include "job/job.h"'
finds layers 'src/base/text.c:14: base may not include job'
line src/job/job.c '#include <pthread.h>'
finds layers 'job does not own <pthread.h>'
line src/base/text.c '#include <windows.h>'
finds layers '<windows.h> belongs into a file *_win32.c'
line src/job/job.c '#include "job.h"'
finds layers 'write the layer: "job/job.h"'
line src/other/x.c 'int x;'
finds layers 'layers.txt has no row for this folder'
line include/xbits/result.h '#include "base/text.h"'
finds layers 'a public header includes public headers only'
rm tests/checks/layers.txt
finds layers 'is missing'

# reserved
mkdir -p include/bits
finds reserved 'hides a system header'
line src/job/job.c '#include <bits.h>'
finds reserved 'only backend-bits may see it'
line src/job/job.c 'int x = BG_E_EMPTY;'
finds reserved "BG_E_EMPTY is a name of the Windows SDK"
line src/job/job.h '#ifndef _JOB_H'
finds reserved "the compiler's"

# banned
line src/job/job.c 'int x(void)' '{' '    return atoi("1");' '}'
finds banned 'atoi() is banned'
line tests/unit/test_x.c 'void x(void)' '{' '    sleep (1);' '}'
finds banned 'sleep() is banned'
line src/job/job.c 'const char *x(void)' '{' '    return strerror(1);' '}'
finds banned 'strerror() is banned'
line src/base/text.c 'const char *x(struct x *x)' '{' '    x->sleep(1);' '    return strerror(1);' '}'
passes banned
good_tree

# style
line src/job/job.c 'int x; // why'
finds style 'a // comment'
line src/job/job.c 'int x(int y)' '{' '    switch (y) {' '    default:' '        return 1;' '    }' '}'
finds style '"default:" in a switch'
line src/job/job.c 'int x(int y)' '{' '#ifdef Y' '    y++;' '#endif' '    return y;' '}'
finds style '#if inside x'
line src/job/job.c 'int x(struct job *job)' '{' '    return job->state < XBITS_STATE_ERROR;' '}'
finds style 'states compared by size'
line src/job/job.c '/* TODO: later */'
finds style 'a note without a number'
line src/job/job.h '#define JOB_H'
finds style 'the first include must be the own header, job/job.h'

# sizes
body 61 >>src/job/job.c
finds sizes 'long_one has 61 lines'
body 60 >>src/job/job.c
passes sizes
good_tree
line src/job/job.c 'int six(int a, int b, int c, int d,' '        int (*e)(int, int), int f)' '{' '    return a;' '}'
finds sizes 'six has 6 parameters'
line src/job/job.c 'int deep(int a)' '{' '    while (a) {' '        while (a) {' '            while (a) {' \
  '                if (a)' '                    a--;' '            }' '        }' '    }' '    return a;' '}'
finds sizes 'deep nests deeper than 3'
line src/job/job.c "/* $(printf '%0100d' 0) */"
finds sizes 'the line has 106 columns'
i=0
while [ "$i" -lt 250 ]; do
  line src/base/text.h "#define X_$i"
  i=$((i + 1))
done
finds sizes 'src/base/text.h:259: the file has 259 lines, the limit is 250'

# born
line src/job/job.c 'int x(void)' '{' '    return XBITS_E_FAIL;' '}'
finds born 'XBITS_E_FAIL is returned'
line src/job/job.c 'int x(int y)' '{' '    if (y)' '        return y ? XBITS_S_OK' '                 : (XBITS_BG_E_EMPTY);' \
  '    return 0;' '}'
finds born 'src/job/job.c:13: XBITS_BG_E_EMPTY is returned'
line src/job/job.c 'int x(int y)' '{' '    *result_out = XBITS_ERROR_TIMEOUT;' '    return y;' '}'
finds born 'XBITS_ERROR_TIMEOUT is assigned'
line src/job/job.c 'int x(int y)' '{' '    return RESULT_FROM_HTTP(y);' '}'
finds born 'RESULT_FROM_HTTP is returned'
line src/job/job.c 'int x(int y)' '{' '    if (y == XBITS_E_FAIL)' '        return fail_with(y, XBITS_E_FAIL);' \
  '    job->error.result = XBITS_E_FAIL;' \
  '    return y == XBITS_E_ABORT || XBITS_E_FAIL != y;' '}'
passes born
good_tree

# the list of exceptions
line src/job/job.c 'int x(void)' '{' '    return XBITS_E_FAIL;' '}'
echo 'born src/job/job.c:x a reason' >tests/checks/exceptions.txt
passes born
echo 'born src/job/job.c:x' >tests/checks/exceptions.txt
finds born 'an exception needs a reason'
echo 'born src/job/job.c:gone a reason' >tests/checks/exceptions.txt
finds born 'nothing needs the exception for src/job/job.c:gone'

# spdx
echo 'int x;' >src/base/x.c
finds spdx 'src/base/x.c:1: no line'
echo 'true' >scripts/run.sh
finds spdx 'scripts/run.sh:1: no line'

# links
rm docs/page.md
finds links 'README.md:1: there is no docs/page.md'

# format
if "$here/format.sh" "$scratch/tree" >/dev/null 2>&1; then
  line src/job/job.c 'int   x;'
  finds format 'not as clang-format 14 writes it'
else
  echo "not tried: format (no clang-format 14, or it is unhappy with a good tree)"
fi

# headers
passes headers c "$compiler"
line src/job/job.h 'extern size_t job_count;'
finds headers 'src/job/job.h:1: does not compile alone as c' c "$compiler"
line include/xbits/twice.h 'struct xbits_twice { int x; };'
finds headers 'include/xbits/twice.h:1: does not compile alone as c' c "$compiler"
if command -v "$cpp_compiler" >/dev/null 2>&1; then
  passes headers c++ "$cpp_compiler"
  line include/xbits/class.h '#ifndef X' '#define X' 'int xbits_x(int class);' '#endif'
  finds headers 'does not compile alone as c++' c++ "$cpp_compiler"
else
  echo "not tried: headers as C++ (no compiler)"
fi

# generated
passes generated docs/page.md echo one
finds generated 'is not what the tables say' docs/page.md echo two
finds generated 'is missing' docs/none.md echo one
finds generated 'failed' docs/page.md false

# symbols and globals: the library is made here
build_library() {
  printf '%s\n' "$1" >"$scratch/lib.c"
  "$compiler" -fPIC -fvisibility=hidden -c -o "$scratch/lib.o" "$scratch/lib.c"
  rm -f "$scratch/lib.a"
  "$compiler" -shared -o "$scratch/lib.so" "$scratch/lib.o"
  ar rc "$scratch/lib.a" "$scratch/lib.o"
}
visible='__attribute__((visibility("default")))'
build_library "$visible int xbits_answer(int x) { return x; } const char *const names[] = { \"a\" };"
passes symbols "$scratch/lib.so"
passes globals "$scratch/lib.a"
build_library "int xbits_answer(int x) { static int count; return x + count++; }"
finds symbols 'xbits_answer is declared, but the library does not show it' "$scratch/lib.so"
[ "$(uname)" != Linux ] || finds globals 'count is a writable global' "$scratch/lib.a"
build_library "$visible int xbits_answer(int x) { return x; } $visible int other(void) { return 1; }"
finds symbols 'the library shows other' "$scratch/lib.so"

# readme: what does not compile; what it does is shown by the real page only
finds readme 'the block of C does not compile' "$compiler" "$scratch/lib.a"
echo 'nothing' >README.md
finds readme 'has no block of C' "$compiler" "$scratch/lib.a"

# installed: a build that installs nothing
printf 'cmake_minimum_required(VERSION 3.25)\nproject(nothing NONE)\n' >CMakeLists.txt
cmake -S . -B "$scratch/nothing" >/dev/null
finds installed 'no xbits.pc is installed' "$scratch/nothing" "$compiler"

echo "$cases cases, $failures failures"
[ "$failures" -eq 0 ]

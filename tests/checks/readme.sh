#!/bin/sh
# SPDX-License-Identifier: MIT
# The C of README.md compiles, and does what the page says: run on a local file, it downloads it.
# usage: readme.sh TREE COMPILER STATIC-LIBRARY [LINK-FLAG...]
. "$(dirname "$0")/check.sh"
compiler=$1
library=$2
shift 2
make_scratch
awk '/^```c$/ { inside = 1; next } /^```/ { inside = 0 } inside' README.md >"$scratch/block.c"
[ -s "$scratch/block.c" ] || { echo "README.md:1: has no block of C"; exit 1; }

# The page's address and path become this directory's, so that the check needs no server and no home.
sed -i.bak -e "s|\"http://[^\"]*\"|\"file://$scratch/in.bin\"|" -e "s|\"/home/[^\"]*\"|\"$scratch/out.bin\"|" \
  "$scratch/block.c"
cat >"$scratch/readme.c" <<'C'
#include <stdio.h>
#include <xbits/xbits.h>

int main(void)
{
    struct xbits_manager *manager = NULL;
    struct xbits_job *job = NULL;
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
#include "block.c"
    xbits_job_close(job);
    xbits_manager_close(manager);
    printf("%s %s\n", xbits_state_name(snapshot.state), xbits_last_error()->message);
    return 0;
}
C
head -c 100000 /dev/urandom >"$scratch/in.bin"
"$compiler" -std=c17 -Wall -Wextra -Werror -DXBITS_STATIC -Iinclude -o "$scratch/readme" "$scratch/readme.c" \
  "$library" "$@" || { echo "README.md:1: the block of C does not compile"; exit 1; }
said=$("$scratch/readme") || { echo "README.md:1: the block of C fails"; exit 1; }
cmp "$scratch/in.bin" "$scratch/out.bin" || { echo "README.md:1: the block of C downloads nothing: $said"; exit 1; }

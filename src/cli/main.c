/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"
#include "cli/streams.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    streams_occupy();
    return cli_main(argc, argv, stdout, stderr);
}

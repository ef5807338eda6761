/* SPDX-License-Identifier: MIT */
#include "unit/origin/served.h"

#include "support/assert_result.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void served_make_link(const struct served *served, const char *target, const char *name)
{
    char path[TEMP_PATH_SIZE];

    assert_return_code(symlink(target, temp_directory_join(&served->temp, name, path)), 0);
}

void served_make_directory(const struct served *served, const char *name)
{
    char path[TEMP_PATH_SIZE];

    assert_return_code(mkdir(temp_directory_join(&served->temp, name, path), 0755), 0);
}

void served_start(struct served *served)
{
    served->options.directory = served->path;
    assert_ok(origin_start(&served->options, &served->origin));
    served->port = origin_port(served->origin);
}

static void make_links(const struct served *served)
{
    served_make_link(served, "sub/na me.txt", "served/link-inside");
    served_make_link(served, "../served/sub", "served/link-to-directory");
    served_make_link(served, "../secret", "served/link-outside");
    served_make_link(served, "..", "served/link-up");
    served_make_link(served, "link-loop", "served/link-loop");
    served_make_link(served, "nowhere", "served/link-broken");
}

int served_set_up(void **state)
{
    struct served *served = calloc(1, sizeof *served);

    assert_non_null(served);
    *state = served;
    temp_directory_make(&served->temp);
    served_make_directory(served, "served");
    served_make_directory(served, "served/sub");
    resource_pattern(1, 0, served->content, SERVED_SIZE);
    temp_directory_write(&served->temp, "served/a.bin", served->content, SERVED_SIZE);
    temp_directory_write(&served->temp, "served/sub/na me.txt", "text", 4);
    temp_directory_write(&served->temp, "served/empty", "", 0);
    temp_directory_write(&served->temp, "secret", "SECRET", 6);
    make_links(served);
    (void)temp_directory_join(&served->temp, "served", served->path);
    return 0;
}

int served_tear_down(void **state)
{
    struct served *served = *state;

    origin_stop(served->origin);
    temp_directory_remove(&served->temp);
    free(served);
    return 0;
}

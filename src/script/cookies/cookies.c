/* SPDX-License-Identifier: MIT */
#include "script/cookies/cookies.h"

#include <stdlib.h>
#include <string.h>

#include "script/cookies/cookie.h"

#define FILE_BYTES 8388608 /* All of a full jar, and more than that is not read. */

struct cookie_jar {
    struct disk *disk;
    char *path; /* NULL: nothing is kept. */
    char *new_path;
    struct cookie *cookies; /* The oldest first. */
    size_t count;
    bool is_changed; /* Since the file was written. */
};

static void remove_at(struct cookie_jar *jar, size_t index)
{
    jar->is_changed = jar->is_changed || jar->cookies[index].has_expiry;
    cookie_dispose(&jar->cookies[index]);
    jar->count--;
    memmove(&jar->cookies[index], &jar->cookies[index + 1],
            (jar->count - index) * sizeof(jar->cookies[0]));
}

/* Those that are over go whenever the time is known. */
static void drop_expired(struct cookie_jar *jar, int64_t now)
{
    for (size_t i = jar->count; i > 0; i--) {
        if (jar->cookies[i - 1].has_expiry && jar->cookies[i - 1].expiry <= now)
            remove_at(jar, i - 1);
    }
}

static size_t find(const struct cookie_jar *jar, const struct cookie *wanted)
{
    size_t i = 0;

    while (i < jar->count && (strcmp(jar->cookies[i].name, wanted->name) != 0 ||
                              strcmp(jar->cookies[i].domain, wanted->domain) != 0 ||
                              strcmp(jar->cookies[i].path, wanted->path) != 0))
        i++;
    return i;
}

static void make_room(struct cookie_jar *jar, const char *domain)
{
    size_t oldest = jar->count;
    size_t count = 0;

    for (size_t i = jar->count; i > 0; i--) {
        if (strcmp(jar->cookies[i - 1].domain, domain) == 0) {
            oldest = i - 1;
            count++;
        }
    }
    if (count >= COOKIES_A_HOST)
        remove_at(jar, oldest);
    else if (jar->count >= COOKIES_MAXIMUM)
        remove_at(jar, 0);
}

void cookie_jar_take(struct cookie_jar *jar, struct cookie *cookie)
{
    const size_t index = find(jar, cookie);

    if (index < jar->count) {
        jar->is_changed = jar->is_changed || jar->cookies[index].has_expiry || cookie->has_expiry;
        cookie_dispose(&jar->cookies[index]);
        jar->cookies[index] = *cookie;
        return;
    }
    make_room(jar, cookie->domain);
    jar->cookies[jar->count] = *cookie;
    jar->count++;
    jar->is_changed = jar->is_changed || cookie->has_expiry;
}

xbits_result cookie_jar_set(struct cookie_jar *jar, const struct cookie_place *place,
                            const char *line, int64_t now)
{
    struct cookie cookie = { 0 };
    xbits_result result = cookie_parse(place, line, now, &cookie);
    size_t index;

    drop_expired(jar, now);
    if (result != XBITS_S_OK)
        return XBITS_FAILED(result) ? result : XBITS_S_OK;
    index = find(jar, &cookie);
    if (place->is_script && index < jar->count && jar->cookies[index].is_http_only) {
        cookie_dispose(&cookie);
        return XBITS_S_OK;
    }
    if (!cookie.has_expiry || cookie.expiry > now) {
        cookie_jar_take(jar, &cookie);
        return XBITS_S_OK;
    }
    if (index < jar->count)
        remove_at(jar, index);
    cookie_dispose(&cookie);
    return XBITS_S_OK;
}

/* Longer paths first; of equal ones the older first: that is where they lie. */
static int compare(const void *left, const void *right)
{
    const struct cookie *a = *(const struct cookie *const *)left;
    const struct cookie *b = *(const struct cookie *const *)right;
    const size_t a_length = strlen(a->path);
    const size_t b_length = strlen(b->path);

    if (a_length != b_length)
        return a_length > b_length ? -1 : 1;
    return a < b ? -1 : a > b;
}

xbits_result cookie_jar_get(struct cookie_jar *jar, const struct cookie_place *place, int64_t now,
                            struct text *line_out)
{
    const struct cookie *found[COOKIES_MAXIMUM];
    size_t count = 0;

    drop_expired(jar, now);
    for (size_t i = 0; i < jar->count; i++) {
        if (cookie_is_for(&jar->cookies[i], place))
            found[count++] = &jar->cookies[i];
    }
    qsort(found, count, sizeof(found[0]), compare);
    for (size_t i = 0; i < count; i++)
        TRY(text_format(line_out, "%s%s=%s", i == 0 ? "" : "; ", found[i]->name, found[i]->value));
    return XBITS_S_OK;
}

void cookie_jar_end_session(struct cookie_jar *jar)
{
    for (size_t i = jar->count; i > 0; i--) {
        if (!jar->cookies[i - 1].has_expiry)
            remove_at(jar, i - 1);
    }
}

/* The failure that counts is the first one: what cleans up after it fails unheard. */
static xbits_result close_after(struct disk *disk, struct disk_file *file, xbits_result result)
{
    const struct xbits_error why = *xbits_last_error();

    if (XBITS_SUCCEEDED(result))
        return disk_close(disk, file);
    (void)disk_close(disk, file);
    return xbits_fail_again(&why);
}

static xbits_result read_file(struct cookie_jar *jar, char *bytes)
{
    struct disk_file *file = NULL;
    size_t size = 0;
    xbits_result result = disk_open(jar->disk, jar->path, DISK_OPEN_READ, &file);

    if (result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND)
        return XBITS_S_OK;
    TRY(result);
    result = disk_read_at(jar->disk, file, 0, bytes, FILE_BYTES, &size);
    TRY(close_after(jar->disk, file, result));
    return cookie_file_read(jar, bytes, size);
}

static xbits_result load(struct cookie_jar *jar)
{
    char *bytes = malloc(FILE_BYTES);
    xbits_result result;

    if (bytes == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to read %s", jar->path);
    result = read_file(jar, bytes);
    free(bytes);
    jar->is_changed = false;
    return result;
}

static xbits_result set_up(struct cookie_jar *jar, const char *path)
{
    struct text new_path = { 0 };

    jar->cookies = calloc(COOKIES_MAXIMUM, sizeof(jar->cookies[0]));
    if (jar->cookies == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for cookies");
    if (path == NULL)
        return XBITS_S_OK;
    TRY(text_copy(path, &jar->path));
    TRY(text_format(&new_path, "%s.new", path));
    jar->new_path = text_take(&new_path);
    return load(jar);
}

xbits_result cookie_jar_open(struct disk *disk, const char *path, struct cookie_jar **jar_out)
{
    struct cookie_jar *jar = calloc(1, sizeof(*jar));
    xbits_result result;

    if (jar == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for cookies");
    jar->disk = disk;
    result = set_up(jar, path);
    if (XBITS_FAILED(result)) {
        cookie_jar_close(jar);
        return result;
    }
    *jar_out = jar;
    return XBITS_S_OK;
}

void cookie_jar_close(struct cookie_jar *jar)
{
    if (jar == NULL)
        return;
    for (size_t i = 0; i < jar->count; i++)
        cookie_dispose(&jar->cookies[i]);
    free(jar->cookies);
    free(jar->new_path);
    free(jar->path);
    free(jar);
}

static xbits_result print(const struct cookie_jar *jar, struct text *content)
{
    TRY(text_add(content, cookie_file_head));
    for (size_t i = 0; i < jar->count; i++) {
        if (jar->cookies[i].has_expiry)
            TRY(cookie_file_add_line(&jar->cookies[i], content));
    }
    return XBITS_S_OK;
}

static xbits_result fill(struct disk *disk, struct disk_file *file, const struct text *content)
{
    TRY(disk_truncate(disk, file, 0));
    TRY(disk_write_at(disk, file, 0, text_c(content), content->length));
    return disk_sync(disk, file);
}

/* DISK_OPEN_UPDATE makes it for its owner alone; one that others made is removed before. */
static xbits_result write_new(struct cookie_jar *jar, const struct text *content)
{
    struct disk_file *file = NULL;
    xbits_result result = disk_remove(jar->disk, jar->new_path);

    if (XBITS_FAILED(result) && result != XBITS_ERROR_FILE_NOT_FOUND)
        return result;
    TRY(disk_open(jar->disk, jar->new_path, DISK_OPEN_UPDATE, &file));
    return close_after(jar->disk, file, fill(jar->disk, file, content));
}

static xbits_result replace(struct cookie_jar *jar, const struct text *content)
{
    char *directory = NULL;
    xbits_result result;

    TRY(disk_directory_of(jar->path, &directory));
    result = disk_make_directory(jar->disk, directory);
    free(directory);
    TRY(result);
    TRY(write_new(jar, content));
    TRY(disk_rename(jar->disk, jar->new_path, jar->path));
    return disk_sync_name(jar->disk, jar->path);
}

xbits_result cookie_jar_save(struct cookie_jar *jar)
{
    struct text content = { 0 };
    xbits_result result;

    if (jar->path == NULL || !jar->is_changed)
        return XBITS_S_OK;
    result = print(jar, &content);
    if (XBITS_SUCCEEDED(result))
        result = replace(jar, &content);
    text_dispose(&content);
    if (XBITS_SUCCEEDED(result))
        jar->is_changed = false;
    return result;
}

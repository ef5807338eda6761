/* SPDX-License-Identifier: MIT */
#include "cli/wmp_send.h"

#include "base/disk.h"
#include "base/text.h"
#include "base/url_text.h"
#include "cli/path.h"
#include "cli/user_directory.h"

#include <inttypes.h>
#include <stdlib.h>

/* Takes the path of the directory and makes it the path of the file. */
static xbits_result make_place(struct text *path, int32_t service_id, const char *segment)
{
    TRY(text_add(path, "/download"));
    TRY(disk_make_directory(disk_system(), text_c(path)));
    return text_format(path, "/%" PRId32 "-%s", service_id, segment);
}

xbits_result wmp_send_place(int32_t service_id, const char *url, char **path_out)
{
    struct text path = { 0 };
    char *directory = NULL;
    char *segment = NULL;
    xbits_result result;

    result = path_last_segment(url, &segment);
    if (XBITS_SUCCEEDED(result))
        result = user_directory(&directory);
    if (XBITS_SUCCEEDED(result))
        result = text_add(&path, directory);
    if (XBITS_SUCCEEDED(result))
        result = make_place(&path, service_id, segment);
    if (XBITS_SUCCEEDED(result))
        result = path_absolute(text_c(&path), path_out);
    text_dispose(&path);
    free(directory);
    free(segment);
    return result;
}

xbits_result wmp_send_check_url(const char *url)
{
    char *segment = NULL;
    bool is_media;

    if (strstr(url, "://") == NULL) {
        return xbits_fail(XBITS_E_INVALIDARG,
                          "\"%s\" is no URL: one begins with http://, https:// or file://",
                          url_text(url).c);
    }
    TRY(path_last_segment(url, &segment));
    is_media = xbits_wmp_is_media_name(segment);
    free(segment);
    if (is_media)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_INVALIDARG,
                      "%s does not end in a name of .wma, .wmv, .mp3 or .asf: a LOCAL is needed",
                      url_text(url).c);
}

/* A key that is looked for among the stores. */
struct search {
    const char *key;
    bool is_found;
};

/* xbits_store_visit */
static bool compare_key(const struct xbits_store_info *store, void *user)
{
    struct search *search = user;

    search->is_found = strcmp(store->key, search->key) == 0;
    return !search->is_found;
}

bool wmp_send_has_store(struct xbits_registry *registry, const char *key)
{
    struct search search = { .key = key };

    return XBITS_SUCCEEDED(xbits_registry_visit_stores(registry, compare_key, &search)) &&
           search.is_found;
}

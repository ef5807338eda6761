/* SPDX-License-Identifier: MIT */
#include "script/cookies/cookie.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define AGE_MAXIMUM UINT64_C(3155760000) /* 100 years, in seconds. */

void cookie_dispose(struct cookie *cookie)
{
    free(cookie->name);
    free(cookie->value);
    free(cookie->domain);
    free(cookie->path);
    *cookie = (struct cookie){ 0 };
}

/* A part of a line, without the blanks around it. */
struct part {
    const char *start;
    size_t length;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct part trim(const char *start, size_t length)
{
    while (length > 0 && is_blank(*start)) {
        start++;
        length--;
    }
    while (length > 0 && is_blank(start[length - 1]))
        length--;
    return (struct part){ start, length };
}

static xbits_result copy_part(const struct part *part, char **copy_out)
{
    struct text text = { 0 };
    char *copy;

    TRY(text_append(&text, part->start, part->length));
    copy = text_take(&text);
    if (copy == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a cookie");
    free(*copy_out);
    *copy_out = copy;
    return XBITS_S_OK;
}

static void make_lower(char *text)
{
    for (; *text != '\0'; text++) {
        if (*text >= 'A' && *text <= 'Z')
            *text = (char)(*text - 'A' + 'a');
    }
}

/* What a line says, before it is judged. */
struct draft {
    struct cookie cookie;
    bool has_age; /* Which wins over an expiry. */
    int64_t now;
};

static xbits_result take_expires(struct draft *draft, const struct part *value)
{
    char *text = NULL;

    if (draft->has_age)
        return XBITS_S_OK;
    TRY(copy_part(value, &text));
    if (cookie_parse_date(text, &draft->cookie.expiry))
        draft->cookie.has_expiry = true;
    free(text);
    return XBITS_S_OK;
}

/* "-5" is over, and so is 0. A number that is too large is a long time. */
static xbits_result take_max_age(struct draft *draft, const struct part *value)
{
    const bool is_negative = value->length > 1 && value->start[0] == '-';
    uint64_t age = 0;

    for (size_t i = is_negative ? 1 : 0; i < value->length; i++) {
        if (value->start[i] < '0' || value->start[i] > '9')
            return XBITS_S_OK;
        age = 10 * age + (uint64_t)(value->start[i] - '0');
        if (age > AGE_MAXIMUM)
            age = AGE_MAXIMUM;
    }
    if (value->length == 0)
        return XBITS_S_OK;
    draft->has_age = true;
    draft->cookie.has_expiry = true;
    draft->cookie.expiry =
        is_negative || age == 0 ? 0 : draft->now + (int64_t)age * CLOCK_TICKS_PER_S;
    return XBITS_S_OK;
}

static xbits_result take_domain(struct draft *draft, const struct part *value)
{
    const bool has_dot = value->length > 0 && value->start[0] == '.';
    const struct part domain = { value->start + has_dot, value->length - has_dot };

    TRY(copy_part(&domain, &draft->cookie.domain));
    make_lower(draft->cookie.domain);
    return XBITS_S_OK;
}

static xbits_result take_path(struct draft *draft, const struct part *value)
{
    return copy_part(value, &draft->cookie.path);
}

static xbits_result take_secure(struct draft *draft, const struct part *value)
{
    (void)value;
    draft->cookie.is_secure = true;
    return XBITS_S_OK;
}

static xbits_result take_http_only(struct draft *draft, const struct part *value)
{
    (void)value;
    draft->cookie.is_http_only = true;
    return XBITS_S_OK;
}

static const struct attribute {
    const char *name;
    xbits_result (*take)(struct draft *draft, const struct part *value);
} attributes[] = {
    { "expires", take_expires }, { "max-age", take_max_age }, { "domain", take_domain },
    { "path", take_path },       { "secure", take_secure },   { "httponly", take_http_only },
};

/* "name=value" or "name"; the value of the latter is empty. */
static bool split(const char *start, size_t length, struct part *name, struct part *value)
{
    const char *equals = memchr(start, '=', length);
    const size_t name_length = equals != NULL ? (size_t)(equals - start) : length;

    *name = trim(start, name_length);
    *value = equals != NULL ? trim(equals + 1, length - name_length - 1) : (struct part){ "", 0 };
    return equals != NULL && name->length > 0;
}

static xbits_result take_attribute(struct draft *draft, const char *start, size_t length)
{
    struct part name;
    struct part value;

    (void)split(start, length, &name, &value);
    for (size_t i = 0; i < COUNT_OF(attributes); i++) {
        if (name.length == strlen(attributes[i].name) &&
            text_starts_with_ignoring_case(name.start, attributes[i].name))
            return attributes[i].take(draft, &value);
    }
    return XBITS_S_OK;
}

static xbits_result read_line(struct draft *draft, const char *line)
{
    size_t length = strcspn(line, ";");
    struct part name;
    struct part value;

    if (!split(line, length, &name, &value))
        return XBITS_S_FALSE;
    TRY(copy_part(&name, &draft->cookie.name));
    TRY(copy_part(&value, &draft->cookie.value));
    for (line += length; *line == ';'; line += length) {
        line++;
        length = strcspn(line, ";");
        TRY(take_attribute(draft, line, length));
    }
    return XBITS_S_OK;
}

/* RFC 6265, 5.1.4: the directory that the page is in, without the slash at its end. */
static xbits_result default_path(const char *page_path, char **path_out)
{
    const char *slash = page_path[0] == '/' ? strrchr(page_path, '/') : NULL;
    const bool is_root = slash == NULL || slash == page_path;

    return is_root ? text_replace(path_out, "/")
                   : copy_part(&(struct part){ page_path, (size_t)(slash - page_path) }, path_out);
}

static bool is_number_address(const char *host)
{
    return host[0] == '[' || host[strspn(host, "0123456789.")] == '\0';
}

/* Two labels at least, and no address of numbers: there can be hosts below it. */
static bool is_wide_domain(const char *domain)
{
    const char *dot = strchr(domain, '.');

    return dot != NULL && dot != domain && dot[1] != '\0' && !is_number_address(domain);
}

static bool is_below(const char *host, const char *domain)
{
    const size_t host_length = strlen(host);
    const size_t length = strlen(domain);

    return host_length > length && host[host_length - length - 1] == '.' &&
           strcmp(host + host_length - length, domain) == 0;
}

/* A host may speak for itself and for a domain that it is in; not for all of "com". False: the
 * cookie is refused. */
static bool settle_domain(struct cookie *cookie, const char *host)
{
    const bool is_own =
        cookie->domain == NULL || cookie->domain[0] == '\0' || strcmp(cookie->domain, host) == 0;
    const bool is_wide = cookie->domain != NULL && is_wide_domain(cookie->domain);

    cookie->is_host_only = is_own && !is_wide;
    return is_own || (is_wide && is_below(host, cookie->domain) && !is_number_address(host));
}

static xbits_result settle(struct cookie *cookie, const struct cookie_place *place)
{
    if (!settle_domain(cookie, place->host))
        return XBITS_S_FALSE;
    if (cookie->is_host_only)
        TRY(text_replace(&cookie->domain, place->host));
    if (cookie->path == NULL || cookie->path[0] != '/')
        TRY(default_path(place->path, &cookie->path));
    if (place->is_script && cookie->is_http_only)
        return XBITS_S_FALSE;
    return cookie_is_sound(cookie) ? XBITS_S_OK : XBITS_S_FALSE;
}

xbits_result cookie_parse(const struct cookie_place *place, const char *line, int64_t now,
                          struct cookie *cookie_out)
{
    struct draft draft = { .now = now };
    xbits_result result;

    if (strlen(line) > COOKIE_BYTES_MAXIMUM)
        return XBITS_S_FALSE;
    result = read_line(&draft, line);
    if (result == XBITS_S_OK)
        result = settle(&draft.cookie, place);
    if (result == XBITS_S_OK)
        *cookie_out = draft.cookie;
    else
        cookie_dispose(&draft.cookie);
    return result;
}

static bool is_clean(const char *text, const char *unwanted)
{
    if (!text_is_utf8(text) || strpbrk(text, unwanted) != NULL)
        return false;
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            return false;
    }
    return true;
}

bool cookie_is_sound(const struct cookie *cookie)
{
    const size_t length = strlen(cookie->name) + strlen(cookie->value) + strlen(cookie->domain) +
                          strlen(cookie->path);

    return length <= COOKIE_BYTES_MAXIMUM && cookie->name[0] != '\0' && cookie->path[0] == '/' &&
           is_clean(cookie->name, "=;") && is_clean(cookie->value, ";") &&
           is_clean(cookie->path, ";") && is_clean(cookie->domain, ";#/ ") &&
           (cookie->is_host_only || is_wide_domain(cookie->domain));
}

/* RFC 6265, 5.1.4. */
static bool is_path_below(const char *path, const char *cookie_path)
{
    const size_t length = strlen(cookie_path);

    return text_starts_with(path, cookie_path) &&
           (path[length] == '\0' || path[length] == '/' || cookie_path[length - 1] == '/');
}

bool cookie_is_for(const struct cookie *cookie, const struct cookie_place *place)
{
    const bool is_hosts = strcmp(cookie->domain, place->host) == 0 ||
                          (!cookie->is_host_only && !is_number_address(place->host) &&
                           is_below(place->host, cookie->domain));

    return is_hosts && is_path_below(place->path, cookie->path) &&
           (place->is_secure || !cookie->is_secure) && !(place->is_script && cookie->is_http_only);
}

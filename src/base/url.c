/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <stdlib.h>
#include <string.h>

#include "base/url_text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const struct scheme_row {
    const char *prefix;
    uint16_t port;
} schemes[] = {
    [URL_HTTP] = { "http:", 80 },
    [URL_HTTPS] = { "https:", 443 },
    [URL_FILE] = { "file:", 0 },
};

void url_dispose(struct url *url)
{
    free(url->user);
    free(url->host);
    free(url->path);
    free(url->query);
    free(url->fragment);
    *url = (struct url){ 0 };
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static xbits_result fail_url(const char *reference, const char *why)
{
    return xbits_fail(XBITS_E_INVALIDARG, "the address \"%s\" %s", url_text(reference).c, why);
}

static xbits_result copy_span(const char *bytes, size_t length, char **copy_out)
{
    struct text text = { 0 };

    TRY(text_append(&text, bytes, length));
    *copy_out = text_take(&text);
    if (*copy_out == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for an address");
    return XBITS_S_OK;
}

/* One character of a reference as it goes into an address. */
static xbits_result add_clean(struct text *clean, char character, bool is_in_path)
{
    const unsigned char byte = (unsigned char)character;

    if (byte > ' ' && byte < 0x7F && strchr("\"<>`{}|^", character) == NULL)
        return text_append(clean, is_in_path && character == '\\' ? "/" : &character, 1);
    return text_format(clean, "%%%02X", (unsigned)byte);
}

static xbits_result clean_up(const char *reference, struct text *clean)
{
    size_t length;
    bool is_in_path = true;

    while (*reference == ' ' || (*reference >= '\t' && *reference <= '\r'))
        reference++;
    length = strlen(reference);
    while (length > 0 && (reference[length - 1] == ' ' ||
                          (reference[length - 1] >= '\t' && reference[length - 1] <= '\r')))
        length--;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)reference[i] < ' ' || reference[i] == 0x7F)
            return fail_url(reference, "has a control character");
        if (reference[i] == '?' || reference[i] == '#')
            is_in_path = false;
        if (clean->length >= URL_BYTES_MAXIMUM)
            return fail_url(reference, "is too long");
        TRY(add_clean(clean, reference[i], is_in_path));
    }
    return XBITS_S_OK;
}

/* A reference in its pieces (RFC 3986, appendix B); a piece that is missing has no start. */
struct piece {
    const char *start;
    size_t length;
};
struct pieces {
    struct piece scheme; /* With its colon. */
    struct piece authority;
    struct piece path; /* Always there. */
    struct piece query;
    struct piece fragment;
};

static struct piece cut(const char **rest, size_t length)
{
    struct piece piece = { *rest, length };

    *rest += length;
    return piece;
}

static size_t scheme_length(const char *reference)
{
    size_t length = 0;

    if (!is_letter(reference[0]))
        return 0;
    while (is_letter(reference[length]) || is_digit(reference[length]) ||
           (reference[length] != '\0' && strchr("+-.", reference[length]) != NULL))
        length++;
    return reference[length] == ':' ? length + 1 : 0;
}

static struct pieces split(const char *rest)
{
    struct pieces pieces = { 0 };
    const size_t length = scheme_length(rest);

    if (length > 0)
        pieces.scheme = cut(&rest, length);
    if (text_starts_with(rest, "//")) {
        rest += 2;
        pieces.authority = cut(&rest, strcspn(rest, "/?#"));
    }
    pieces.path = cut(&rest, strcspn(rest, "?#"));
    if (*rest == '?') {
        rest++;
        pieces.query = cut(&rest, strcspn(rest, "#"));
    }
    if (*rest == '#')
        pieces.fragment = (struct piece){ rest + 1, strlen(rest + 1) };
    return pieces;
}

static bool find_scheme(const struct piece *piece, enum url_scheme *scheme_out)
{
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        if (strlen(schemes[i].prefix) == piece->length &&
            text_starts_with_ignoring_case(piece->start, schemes[i].prefix)) {
            *scheme_out = (enum url_scheme)i;
            return true;
        }
    }
    return false;
}

static bool is_name(const char *host, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(host[i]) && !is_digit(host[i]) && strchr("-._", host[i]) == NULL)
            return false;
    }
    return length > 0 && host[0] != '.';
}

/* Hexadecimal digits, colons and the dots of an IPv4 address at its end. */
static bool is_bracketed(const char *host, size_t length)
{
    if (length < 4 || host[0] != '[' || host[length - 1] != ']')
        return false;
    for (size_t i = 1; i < length - 1; i++) {
        const char c = lower(host[i]);

        if (!is_digit(c) && !(c >= 'a' && c <= 'f') && c != ':' && c != '.')
            return false;
    }
    return true;
}

static xbits_result take_host(struct url *url, const char *host, size_t length)
{
    TRY(copy_span(host, length, &url->host));
    for (char *c = url->host; *c != '\0'; c++)
        *c = lower(*c);
    return XBITS_S_OK;
}

/* Of a file: this computer, or nothing. */
static xbits_result take_file_host(struct url *url, const struct piece *authority,
                                   const char *reference)
{
    static const char here[] = "localhost";
    const bool is_here =
        authority->length == strlen(here) && text_starts_with_ignoring_case(authority->start, here);

    if (authority->length > 0 && !is_here)
        return fail_url(reference, "is that of a file on another computer");
    return text_copy("", &url->host);
}

static bool parse_port(const char *digits, size_t length, uint16_t *port_out)
{
    unsigned long port = 0;

    for (size_t i = 0; i < length; i++) {
        if (!is_digit(digits[i]))
            return false;
        port = port * 10 + (unsigned long)(digits[i] - '0');
        if (port > UINT16_MAX)
            return false;
    }
    *port_out = (uint16_t)port;
    return length == 0 || port > 0;
}

static size_t host_length(const char *host, size_t length)
{
    const char *end =
        length > 0 && host[0] == '[' ? memchr(host, ']', length) : memchr(host, ':', length);

    if (end == NULL)
        return length;
    return (size_t)(end - host) + (host[0] == '[' ? 1 : 0);
}

/* "user@host:port". The last "@" ends the user's part, as what is before it may hold others. */
static xbits_result take_authority(struct url *url, const struct piece *authority,
                                   const char *reference)
{
    const char *host = authority->start;
    const char *end = authority->start + authority->length;
    size_t length;

    if (url->scheme == URL_FILE)
        return take_file_host(url, authority, reference);
    for (const char *c = host; c < end; c++) {
        if (*c == '@')
            host = c + 1;
    }
    if (host > authority->start)
        TRY(copy_span(authority->start, (size_t)(host - 1 - authority->start), &url->user));
    length = host_length(host, (size_t)(end - host));
    if (!is_name(host, length) && !is_bracketed(host, length))
        return fail_url(reference, "names no host");
    TRY(take_host(url, host, length));
    host += length;
    if (host < end && (*host != ':' || !parse_port(host + 1, (size_t)(end - host - 1), &url->port)))
        return fail_url(reference, "has a port that is none");
    if (url->port == schemes[url->scheme].port)
        url->port = 0;
    return XBITS_S_OK;
}

static bool is_segment(const char *segment, size_t length, const char *name)
{
    return length == strlen(name) && memcmp(segment, name, length) == 0;
}

static void drop_last_segment(struct text *path)
{
    while (path->length > 0 && path->data[path->length - 1] != '/')
        path->length--;
    if (path->length > 0)
        path->length--;
    if (path->data != NULL)
        path->data[path->length] = '\0';
}

/* RFC 3986, 5.2.4. What is before the first "/" is a segment, too. */
static xbits_result add_segments(struct text *path, const char *segments, size_t total)
{
    const char *end = segments + total;

    if (total > 0 && segments[0] == '/')
        segments++;
    for (bool is_last = false; !is_last; segments++) {
        const char *slash = memchr(segments, '/', (size_t)(end - segments));
        const size_t length = (size_t)((slash != NULL ? slash : end) - segments);
        const bool is_up = is_segment(segments, length, "..");

        is_last = slash == NULL;
        if (is_up)
            drop_last_segment(path);
        if (!is_up && !is_segment(segments, length, ".")) {
            TRY(text_add(path, "/"));
            TRY(text_append(path, segments, length));
        } else if (is_last) {
            TRY(text_add(path, "/"));
        }
        segments += length;
    }
    return XBITS_S_OK;
}

/* A path that does not begin at the root follows the base's last "/". */
static xbits_result take_path(struct url *url, const struct piece *piece, const char *base_path)
{
    struct text joined = { 0 };
    struct text path = { 0 };
    xbits_result result = XBITS_S_OK;

    if (base_path != NULL && (piece->length == 0 || piece->start[0] != '/'))
        result = text_append(&joined, base_path, (size_t)(strrchr(base_path, '/') + 1 - base_path));
    if (XBITS_SUCCEEDED(result))
        result = text_append(&joined, piece->start, piece->length);
    if (XBITS_SUCCEEDED(result))
        result = add_segments(&path, text_c(&joined), joined.length);
    if (XBITS_SUCCEEDED(result))
        result = copy_span(text_c(&path), path.length, &url->path);
    text_dispose(&joined);
    text_dispose(&path);
    return result;
}

static xbits_result take_optional(const struct piece *piece, char **copy_out)
{
    return piece->start == NULL ? XBITS_S_OK : copy_span(piece->start, piece->length, copy_out);
}

/* Who serves it: as the base says, where the reference does not (RFC 3986, 5.2.2). */
static xbits_result take_server(struct url *url, const struct pieces *pieces,
                                const struct url *base, const char *reference)
{
    static const struct piece nothing = { "", 0 };

    if (pieces->authority.start != NULL)
        return take_authority(url, &pieces->authority, reference);
    if (pieces->scheme.start != NULL)
        return take_authority(url, &nothing, reference);
    url->port = base->port;
    TRY(text_copy(base->user, &url->user));
    return text_copy(base->host, &url->host);
}

static xbits_result combine(struct url *url, const struct pieces *pieces, const struct url *base,
                            const char *reference)
{
    const bool is_relative = pieces->scheme.start == NULL && pieces->authority.start == NULL;

    if (pieces->scheme.start != NULL && !find_scheme(&pieces->scheme, &url->scheme))
        return fail_url(reference, "is neither http nor https nor file");
    if (pieces->scheme.start == NULL && base == NULL)
        return fail_url(reference, "is not absolute");
    if (pieces->scheme.start == NULL)
        url->scheme = base->scheme;
    TRY(take_server(url, pieces, base, reference));
    TRY(take_optional(&pieces->fragment, &url->fragment));
    if (is_relative && pieces->path.length == 0) {
        TRY(text_copy(base->path, &url->path));
        return pieces->query.start == NULL ? text_copy(base->query, &url->query)
                                           : take_optional(&pieces->query, &url->query);
    }
    TRY(take_optional(&pieces->query, &url->query));
    return take_path(url, &pieces->path, is_relative ? base->path : NULL);
}

xbits_result url_parse(const char *reference, const struct url *base, struct url *url_out)
{
    struct text clean = { 0 };
    struct url url = { 0 };
    xbits_result result = clean_up(reference, &clean);

    if (XBITS_SUCCEEDED(result)) {
        const struct pieces pieces = split(text_c(&clean));

        result = combine(&url, &pieces, base, reference);
    }
    text_dispose(&clean);
    if (XBITS_FAILED(result)) {
        url_dispose(&url);
        return result;
    }
    *url_out = url;
    return XBITS_S_OK;
}

xbits_result url_print(const struct url *url, struct text *text)
{
    TRY(text_format(text, "%s//", schemes[url->scheme].prefix));
    if (url->user != NULL)
        TRY(text_format(text, "%s@", url->user));
    TRY(text_add(text, url->host));
    if (url->port != 0)
        TRY(text_format(text, ":%u", (unsigned)url->port));
    TRY(text_add(text, url->path));
    if (url->query != NULL)
        TRY(text_format(text, "?%s", url->query));
    return url->fragment != NULL ? text_format(text, "#%s", url->fragment) : XBITS_S_OK;
}

xbits_result url_resolve(const char *base, const char *reference, struct text *url_out)
{
    const bool has_base = base != NULL && base[0] != '\0';
    struct url from = { 0 };
    struct url url = { 0 };
    xbits_result result = has_base ? url_parse(base, NULL, &from) : XBITS_S_OK;

    if (XBITS_SUCCEEDED(result))
        result = url_parse(reference, has_base ? &from : NULL, &url);
    if (XBITS_SUCCEEDED(result))
        result = url_print(&url, url_out);
    url_dispose(&url);
    url_dispose(&from);
    return result;
}

static int hexadecimal(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *digit = c == '\0' ? NULL : strchr(digits, lower(c));

    return digit == NULL ? -1 : (int)(digit - digits);
}

xbits_result url_unescape(const char *escaped, struct text *text)
{
    while (*escaped != '\0') {
        const size_t length = strcspn(escaped, "%");
        int high;
        int low;

        TRY(text_append(text, escaped, length));
        escaped += length;
        if (*escaped == '\0')
            break;
        high = hexadecimal(escaped[1]);
        low = high < 0 ? -1 : hexadecimal(escaped[2]);
        if (low < 0 || high + low == 0)
            return fail_url(escaped, "has a % without two hexadecimal digits of a byte that is "
                                     "not 0");
        TRY(text_append(text, &(const char){ (char)(16 * high + low) }, 1));
        escaped += 3;
    }
    return XBITS_S_OK;
}

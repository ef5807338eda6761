/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "httpd/httpd_internal.h"
#include "httpd/httpd_target.h"

#include <stdlib.h>

struct httpd_request *httpd_request_new(struct httpd *httpd, const char *target,
                                        struct MHD_Connection *connection)
{
    struct httpd_request *request = calloc(1, sizeof *request);

    if (request == NULL)
        return NULL;
    request->httpd = httpd;
    request->connection = connection;
    request->waiting.connection = connection;
    if (XBITS_FAILED(text_copy(target, &request->target))) {
        free(request);
        return NULL;
    }
    request->path = httpd_target_path(target);
    return request;
}

void httpd_request_free(struct httpd_request *request)
{
    if (request == NULL)
        return;
    for (size_t i = 0; i < request->field_count; i++) {
        free(request->fields[i].name);
        free(request->fields[i].value);
    }
    free(request->fields);
    free(request->target);
    free(request->path);
    free(request);
}

const char *httpd_method(const struct httpd_request *request)
{
    return request->method;
}

const char *httpd_path(const struct httpd_request *request)
{
    return request->path;
}

const char *httpd_target(const struct httpd_request *request)
{
    return request->target;
}

const char *httpd_version(const struct httpd_request *request)
{
    return request->version;
}

const char *httpd_header(const struct httpd_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

struct visit {
    httpd_header_visit *visit;
    void *user;
};

static enum MHD_Result visit_field(void *cls, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    const struct visit *visit = cls;

    (void)kind;
    visit->visit(name, value != NULL ? value : "", visit->user);
    return MHD_YES;
}

void httpd_visit_headers(const struct httpd_request *request, httpd_header_visit *visit, void *user)
{
    struct visit context = { visit, user };

    (void)MHD_get_connection_values(request->connection, MHD_HEADER_KIND, visit_field, &context);
}

void httpd_set_user(struct httpd_request *request, void *user)
{
    request->user = user;
}

void *httpd_user(const struct httpd_request *request)
{
    return request->user;
}

void httpd_use_http_1_0(struct httpd_request *request)
{
    request->flags = MHD_RF_HTTP_1_0_SERVER;
}

/* Makes room for one more; false when there is none. */
static bool grow_fields(struct httpd_request *request)
{
    struct httpd_field *fields =
        realloc(request->fields, (request->field_count + 1) * sizeof *fields);

    if (fields == NULL)
        return false;
    fields[request->field_count] = (struct httpd_field){ 0 };
    request->fields = fields;
    request->field_count++;
    return true;
}

void httpd_add_header(struct httpd_request *request, const char *name, const char *value)
{
    if (!grow_fields(request)) {
        request->has_failed = true;
        return;
    }
    struct httpd_field *field = &request->fields[request->field_count - 1];
    if (XBITS_FAILED(text_copy(name, &field->name)) ||
        XBITS_FAILED(text_copy(value, &field->value)))
        request->has_failed = true;
}

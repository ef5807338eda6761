/* SPDX-License-Identifier: MIT */
#include "cli/failure.h"

#include "cli/format.h"

struct failure failure_of_call(void)
{
    const struct xbits_error *error = xbits_last_error();

    return (struct failure){ .result = error->result,
                             .message = error->message,
                             .http_status = xbits_result_http_status(error->result) };
}

struct failure failure_of_job(const struct xbits_job_error *error)
{
    return (struct failure){ .result = error->result,
                             .message = error->message,
                             .context = error->context,
                             .http_status = error->http_status };
}

void failure_print(FILE *stream, const char *what, const struct failure *failure)
{
    const struct xbits_result_info *info = xbits_result_find(failure->result);
    char code[FORMAT_SIZE];

    fputs("xbits: ", stream);
    format_safely(stream, what);
    fputs(": ", stream);
    format_safely(stream,
                  failure->message[0] ? failure->message : xbits_result_text(failure->result));
    fprintf(stream, " (%s, %s)\n", xbits_result_name(failure->result),
            format_code(failure->result, code));
    fprintf(stream, "Meaning: %s\n", xbits_result_text(failure->result));
    if (failure->context != XBITS_CONTEXT_NONE)
        fprintf(stream, "Context: %s\n", xbits_context_text(failure->context));
    if (info != NULL && info->remedy[0] != '\0')
        fprintf(stream, "Remedy: %s\n", info->remedy);
}

json_t *failure_to_json(const struct failure *failure)
{
    char code[FORMAT_SIZE];

    return json_pack("{s:s, s:s, s:s?, s:s, s:i}", "result", format_code(failure->result, code),
                     "name", xbits_result_name(failure->result), "context",
                     failure->context != XBITS_CONTEXT_NONE ? xbits_context_name(failure->context)
                                                            : NULL,
                     "message", failure->message, "http_status", failure->http_status);
}

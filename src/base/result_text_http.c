/* SPDX-License-Identifier: MIT */
#include "base/result_table.h"

enum { XBITS_RESULT_LIST_HTTP(RESULT_ROW_PLACE) ROW_COUNT };

XBITS_RESULT_LIST_HTTP(RESULT_ROW_MEANING)

#define SUCCESS_CAUSE "A success, but not the one a transfer can use here."
#define SUCCESS_REMEDY                                                                             \
    "Look at the answer with another client; static files are answered by 200 or 206."
#define INTERIM_CAUSE  "The server or a proxy sent an interim status as its last word."
#define INTERIM_REMEDY "Update or reconfigure the server or proxy; the job tries again by itself."
#define REDIRECT_CAUSE                                                                             \
    "The server sends clients elsewhere, and the redirect was not followed: the job forbids "      \
    "redirects, the target is not allowed, or there were too many."
#define REDIRECT_REMEDY "Use the final URL, or allow redirects in the job's HTTP security flags."
#define LATER_REMEDY    "Nothing at first: the job tries again. If it lasts, read the server's log."

static const struct xbits_result_info rows[ROW_COUNT] = {
    RESULT_ROW(BG_E_HTTP_ERROR_100, INTERIM_CAUSE, INTERIM_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_101, INTERIM_CAUSE, INTERIM_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_200, SUCCESS_CAUSE, SUCCESS_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_201, SUCCESS_CAUSE, SUCCESS_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_202,
               "The server took the request and will see to it later, so there is no file yet.",
               "Ask again when the server has made the file."),
    RESULT_ROW(BG_E_HTTP_ERROR_203, "A proxy changed the answer on its way.",
               "Go around the proxy, or let it pass files unchanged."),
    RESULT_ROW(BG_E_HTTP_ERROR_204, "The server has nothing at this URL to hand out.",
               "Check the URL."),
    RESULT_ROW(BG_E_HTTP_ERROR_205, "The server has nothing at this URL to hand out.",
               "Check the URL."),
    RESULT_ROW(BG_E_HTTP_ERROR_206, SUCCESS_CAUSE, SUCCESS_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_300,
               "The server has the file in several forms and leaves the choice to people.",
               "Use the URL of one of the forms."),
    RESULT_ROW(BG_E_HTTP_ERROR_301, REDIRECT_CAUSE, REDIRECT_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_302, REDIRECT_CAUSE, REDIRECT_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_303, REDIRECT_CAUSE, REDIRECT_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_304,
               "The server takes the request for one of a cache and says that nothing is new.",
               "Remove conditional headers from the job's custom headers; go around caches."),
    RESULT_ROW(BG_E_HTTP_ERROR_305, "The server wants to be reached through a proxy that it names.",
               "Set that proxy for the job."),
    RESULT_ROW(BG_E_HTTP_ERROR_307, REDIRECT_CAUSE, REDIRECT_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_400,
               "The server does not understand the request: often a character in the URL that "
               "needs escaping, or a faulty custom header.",
               "Check the URL and the custom headers."),
    RESULT_ROW(BG_E_HTTP_ERROR_401,
               "The server wants credentials, and those of the job are missing or wrong.",
               "Set the job's credentials for the server and resume."),
    RESULT_ROW(BG_E_HTTP_ERROR_402, "The server wants to be paid first.",
               "Settle the account with whoever runs the server."),
    RESULT_ROW(BG_E_HTTP_ERROR_403,
               "The server knows who asks and refuses, or forbids the file or folder to "
               "everybody.",
               "Check the file's permissions at the server, or ask for another file."),
    RESULT_ROW(BG_E_HTTP_ERROR_404,
               "The server has no such file, or does not take uploads at this URL.",
               "Check the URL, letter case included; for an upload, switch BITS uploads on at "
               "the server and check its size limit."),
    RESULT_ROW(BG_E_HTTP_ERROR_405,
               "The server does not allow the method at this URL: HEAD for a download, BITS_POST "
               "for an upload.",
               "Allow the method at the server."),
    RESULT_ROW(BG_E_HTTP_ERROR_406,
               "The server has no form of the file that fits the request's Accept headers.",
               "Remove Accept headers from the job's custom headers."),
    RESULT_ROW(BG_E_HTTP_ERROR_407,
               "The proxy wants credentials, and those of the job are missing or wrong.",
               "Set the job's credentials for the proxy and resume."),
    RESULT_ROW(BG_E_HTTP_ERROR_408,
               "The server waited too long for the request, or for a program behind it.",
               LATER_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_409,
               "The request does not go together with what is at the server: for an upload, the "
               "file exists there.",
               "Upload under another name, or allow overwriting at the server. The job tries "
               "again by itself."),
    RESULT_ROW(BG_E_HTTP_ERROR_410,
               "The server had the file once and says that it will not come back.",
               "Find out where it is now."),
    RESULT_ROW(BG_E_HTTP_ERROR_411, "The server or a proxy missed a Content-Length in the request.",
               "Look for a proxy that removes it, or for a method or header that the job sets."),
    RESULT_ROW(BG_E_HTTP_ERROR_412, "The file changed at the server between two requests.",
               "Nothing: a download starts the file over. Stop rewriting the file if it recurs."),
    RESULT_ROW(BG_E_HTTP_ERROR_413, "The request is over a size limit of the server.",
               "Raise the server's limit or send less."),
    RESULT_ROW(BG_E_HTTP_ERROR_414, "The URL is longer than the server takes.", "Shorten the URL."),
    RESULT_ROW(BG_E_HTTP_ERROR_415, "The server does not take this kind of content.",
               "Allow it at the server, or check that the URL is the one for uploads."),
    RESULT_ROW(BG_E_HTTP_ERROR_416,
               "The range asked for lies behind the end of the file: the file shrank, or the "
               "range is wrong.",
               "Check ranges against the file's size; resume to start over."),
    RESULT_ROW(BG_E_HTTP_ERROR_417,
               "The server or a proxy does not fulfil the request's Expect header.",
               "Remove Expect from the job's custom headers."),
    RESULT_ROW(BG_E_HTTP_ERROR_449,
               "The server wants the request again with something added that this client does "
               "not know.",
               "Use another URL or server."),
    RESULT_ROW(BG_E_HTTP_ERROR_500, "A program at the server failed.", LATER_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_501,
               "The server does not know the method; for an upload, BITS uploads are not "
               "switched on.",
               "Check the URL, and switch BITS uploads on at the server."),
    RESULT_ROW(BG_E_HTTP_ERROR_502,
               "A proxy or gateway got no sensible answer from the server behind it.",
               LATER_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_503, "The server is overloaded or down for maintenance.",
               LATER_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_504,
               "A proxy or gateway got no answer in time from the server behind it.", LATER_REMEDY),
    RESULT_ROW(BG_E_HTTP_ERROR_505, "The server does not speak the HTTP version of the request.",
               "Use a server that speaks HTTP/1.1."),
};

const struct result_table result_table_http = { rows, ROW_COUNT };

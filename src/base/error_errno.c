/* SPDX-License-Identifier: MIT */
#include "base/result.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/error_text.h"

/* One errno and the result that Windows gives in the same place. Two numbers may be one. */
static const struct errno_row {
    int error_number;
    xbits_result result;
} errno_rows[] = {
    /* names and permissions */
    { ENOENT, XBITS_ERROR_FILE_NOT_FOUND },
    { ENOTDIR, XBITS_ERROR_PATH_NOT_FOUND },
    { EACCES, XBITS_E_ACCESSDENIED },
    { EPERM, XBITS_E_ACCESSDENIED },
    { EISDIR, XBITS_E_ACCESSDENIED }, /* Windows denies opening a directory as a file. */
    { EEXIST, XBITS_ERROR_FILE_EXISTS },
    { ENOTEMPTY, XBITS_ERROR_DIR_NOT_EMPTY },
    { EXDEV, XBITS_ERROR_NOT_SAME_DEVICE },
    { EMLINK, XBITS_ERROR_TOO_MANY_LINKS },
    { ELOOP, XBITS_ERROR_CANT_RESOLVE_FILENAME },
    { ENAMETOOLONG, XBITS_ERROR_FILENAME_EXCED_RANGE },
    { EILSEQ, XBITS_ERROR_NO_UNICODE_TRANSLATION },
    { EBUSY, XBITS_ERROR_BUSY },
    { ETXTBSY, XBITS_ERROR_SHARING_VIOLATION },
    { ENOEXEC, XBITS_ERROR_BAD_EXE_FORMAT },
    /* the medium */
    { ENOSPC, XBITS_ERROR_DISK_FULL },
#ifdef EDQUOT
    { EDQUOT, XBITS_ERROR_DISK_QUOTA_EXCEEDED },
#endif
    { EFBIG, XBITS_ERROR_FILE_TOO_LARGE },
    { EOVERFLOW, XBITS_ERROR_FILE_TOO_LARGE },
    { EROFS, XBITS_ERROR_WRITE_PROTECT },
    { EIO, XBITS_ERROR_IO_DEVICE },
    { ENXIO, XBITS_ERROR_NOT_READY },
    { ENODEV, XBITS_ERROR_DEV_NOT_EXIST },
#ifdef ESTALE
    { ESTALE, XBITS_ERROR_NETNAME_DELETED }, /* The file server forgot the file. */
#endif
    /* the process and the system */
    { ENOMEM, XBITS_E_OUTOFMEMORY },
    { EMFILE, XBITS_ERROR_TOO_MANY_OPEN_FILES },
    { ENFILE, XBITS_ERROR_TOO_MANY_OPEN_FILES },
    { ENOLCK, XBITS_ERROR_NO_SYSTEM_RESOURCES },
    { EAGAIN, XBITS_ERROR_RETRY },
    { EWOULDBLOCK, XBITS_ERROR_RETRY },
    { EDEADLK, XBITS_ERROR_POSSIBLE_DEADLOCK },
    { EINTR, XBITS_ERROR_OPERATION_ABORTED },
    { ECANCELED, XBITS_ERROR_CANCELLED },
    { EINVAL, XBITS_E_INVALIDARG },
    { ERANGE, XBITS_E_INVALIDARG },
    { EFAULT, XBITS_E_POINTER },
    { EBADF, XBITS_E_HANDLE },
    { EPIPE, XBITS_ERROR_BROKEN_PIPE },
    { ENOSYS, XBITS_E_NOTIMPL },
    { ENOTSUP, XBITS_ERROR_NOT_SUPPORTED },
    { EOPNOTSUPP, XBITS_ERROR_NOT_SUPPORTED },
    /* the network */
    { ETIMEDOUT, XBITS_ERROR_TIMEOUT },
    { EAFNOSUPPORT, XBITS_WSAEAFNOSUPPORT },
    { EADDRINUSE, XBITS_WSAEADDRINUSE },
    { EADDRNOTAVAIL, XBITS_WSAEADDRNOTAVAIL },
    { ENETDOWN, XBITS_WSAENETDOWN },
    { ENETUNREACH, XBITS_WSAENETUNREACH },
    { ECONNABORTED, XBITS_WSAECONNABORTED },
    { ECONNRESET, XBITS_WSAECONNRESET },
    { ENOBUFS, XBITS_WSAENOBUFS },
    { ENOTCONN, XBITS_WSAENOTCONN },
    { ECONNREFUSED, XBITS_WSAECONNREFUSED },
    { EHOSTUNREACH, XBITS_WSAEHOSTUNREACH },
    { 0, XBITS_E_FAIL }, /* The end, and what every other errno becomes. */
};

xbits_result result_from_errno(int error_number)
{
    const struct errno_row *row = errno_rows;

    while (row->error_number != 0 && row->error_number != error_number)
        row++;
    return row->result;
}

xbits_result xbits_fail_errno(int error_number, const char *format, ...)
{
    char what[384]; /* Leaves room for the reason: a long path must not push it out. */
    char why[120];
    int saved_errno = errno;
    va_list arguments;

    va_start(arguments, format);
    if (vsnprintf(what, sizeof(what), format, arguments) < 0)
        what[0] = '\0';
    va_end(arguments);
    error_text(error_number, why, sizeof(why));
    errno = saved_errno;
    return xbits_fail_native(result_from_errno(error_number), XBITS_DOMAIN_ERRNO, error_number,
                             "%s: %s", what, why);
}

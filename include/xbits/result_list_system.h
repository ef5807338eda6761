/* SPDX-License-Identifier: MIT */
#ifndef XBITS_RESULT_LIST_SYSTEM_H
#define XBITS_RESULT_LIST_SYSTEM_H

/* Results of COM, of Win32 (0x80070000 and the code) and of RPC. Part of XBITS_RESULT_LIST. */
#define XBITS_RESULT_LIST_SYSTEM(X)                                                                \
    /* Successes. */                                                                               \
    X(S_OK, 0x00000000, "success")                                                                 \
    X(S_FALSE, 0x00000001, "success, and nothing to do or nothing new")                            \
    /* COM. */                                                                                     \
    X(E_PENDING, 0x8000000Au, "the data is not there yet")                                         \
    X(E_NOTIMPL, 0x80004001u, "not implemented")                                                   \
    X(E_NOINTERFACE, 0x80004002u, "the object has no such interface")                              \
    X(E_POINTER, 0x80004003u, "a pointer is not valid")                                            \
    X(E_ABORT, 0x80004004u, "the operation was ended from outside")                                \
    X(E_FAIL, 0x80004005u, "failed for an unnamed reason")                                         \
    X(E_UNEXPECTED, 0x8000FFFFu, "this should not have happened")                                  \
    X(RPC_E_DISCONNECTED, 0x80010108u, "the object lost its connection to the service")            \
    X(CO_E_FAILEDTOIMPERSONATE, 0x80010123u, "the service may not act for the caller")             \
    X(DISP_E_MEMBERNOTFOUND, 0x80020003u, "the object has no such member")                         \
    X(DISP_E_TYPEMISMATCH, 0x80020005u, "an argument has the wrong type")                          \
    X(DISP_E_OVERFLOW, 0x8002000Au, "a number is too large for the member")                        \
    X(DISP_E_BADINDEX, 0x8002000Bu, "there is nothing at this index")                              \
    X(DISP_E_BADPARAMCOUNT, 0x8002000Eu, "the member takes another number of arguments")           \
    X(REGDB_E_CLASSNOTREG, 0x80040154u, "the service is not registered on this computer")          \
    X(CO_E_SERVER_EXEC_FAILURE, 0x80080005u, "the service could not be started")                   \
    /* Win32. */                                                                                   \
    X(ERROR_FILE_NOT_FOUND, 0x80070002u, "there is no such file")                                  \
    X(ERROR_PATH_NOT_FOUND, 0x80070003u, "there is no such directory")                             \
    X(ERROR_TOO_MANY_OPEN_FILES, 0x80070004u, "too many files are open")                           \
    X(E_ACCESSDENIED, 0x80070005u, "access denied")                                                \
    X(E_HANDLE, 0x80070006u, "the handle is not valid")                                            \
    X(ERROR_INVALID_DATA, 0x8007000Du, "the data is not valid")                                    \
    X(E_OUTOFMEMORY, 0x8007000Eu, "out of memory")                                                 \
    X(ERROR_NOT_SAME_DEVICE, 0x80070011u, "the two names are on different volumes")                \
    X(ERROR_WRITE_PROTECT, 0x80070013u, "the medium is write-protected")                           \
    X(ERROR_NOT_READY, 0x80070015u, "the device is not ready")                                     \
    X(ERROR_GEN_FAILURE, 0x8007001Fu, "the device does not work")                                  \
    X(ERROR_SHARING_VIOLATION, 0x80070020u, "another process uses the file")                       \
    X(ERROR_LOCK_VIOLATION, 0x80070021u, "another process has locked the file")                    \
    X(ERROR_HANDLE_DISK_FULL, 0x80070027u, "the disk of an open file is full")                     \
    X(ERROR_NOT_SUPPORTED, 0x80070032u, "the system does not support this")                        \
    X(ERROR_BAD_NETPATH, 0x80070035u, "the network path was not found")                            \
    X(ERROR_DEV_NOT_EXIST, 0x80070037u, "the device no longer exists")                             \
    X(ERROR_NETNAME_DELETED, 0x80070040u, "the network name is no longer available")               \
    X(ERROR_BAD_NET_NAME, 0x80070043u, "the server has no such share")                             \
    X(ERROR_FILE_EXISTS, 0x80070050u, "the file exists already")                                   \
    X(E_INVALIDARG, 0x80070057u, "an argument is not valid")                                       \
    X(ERROR_BROKEN_PIPE, 0x8007006Du, "the other end is gone")                                     \
    X(ERROR_DISK_FULL, 0x80070070u, "the disk is full")                                            \
    X(ERROR_SEM_TIMEOUT, 0x80070079u, "a time limit inside the system ran out")                    \
    X(ERROR_INVALID_NAME, 0x8007007Bu, "not a valid file name")                                    \
    X(ERROR_DIR_NOT_EMPTY, 0x80070091u, "the directory is not empty")                              \
    X(ERROR_BUSY, 0x800700AAu, "the resource is in use")                                           \
    X(ERROR_ALREADY_EXISTS, 0x800700B7u, "it exists already")                                      \
    X(ERROR_BAD_EXE_FORMAT, 0x800700C1u, "not a program this system can run")                      \
    X(ERROR_FILENAME_EXCED_RANGE, 0x800700CEu, "the file name is too long")                        \
    X(ERROR_FILE_TOO_LARGE, 0x800700DFu, "the file is too large")                                  \
    X(ERROR_NO_DATA, 0x800700E8u, "the other end is closing")                                      \
    X(ERROR_DIRECTORY, 0x8007010Bu, "not a directory")                                             \
    X(ERROR_OPERATION_ABORTED, 0x800703E3u, "the system broke the operation off")                  \
    X(ERROR_SERVICE_DISABLED, 0x80070422u, "the service is disabled")                              \
    X(ERROR_NO_UNICODE_TRANSLATION, 0x80070459u, "the text is not valid Unicode")                  \
    X(ERROR_IO_DEVICE, 0x8007045Du, "the device failed to read or write")                          \
    X(ERROR_POSSIBLE_DEADLOCK, 0x8007046Bu, "waiting here could never end")                        \
    X(ERROR_TOO_MANY_LINKS, 0x80070476u, "the file has too many links")                            \
    X(ERROR_CANCELLED, 0x800704C7u, "cancelled")                                                   \
    X(ERROR_RETRY, 0x800704D5u, "not possible right now")                                          \
    X(ERROR_NOT_LOGGED_ON, 0x800704DDu, "the user is not logged on")                               \
    X(ERROR_DISK_QUOTA_EXCEEDED, 0x8007050Fu, "the user's share of the disk is used up")           \
    X(ERROR_REVISION_MISMATCH, 0x8007051Au, "a newer version wrote this")                          \
    X(ERROR_NO_SYSTEM_RESOURCES, 0x800705AAu, "the system has no resources left for this")         \
    X(ERROR_TIMEOUT, 0x800705B4u, "the time ran out")                                              \
    X(RPC_S_SERVER_UNAVAILABLE, 0x800706BAu, "the service cannot be reached")                      \
    X(RPC_S_SERVER_TOO_BUSY, 0x800706BBu, "the service is too busy")                               \
    X(RPC_S_CALL_FAILED, 0x800706BEu, "the call to the service failed")                            \
    X(RPC_S_CALL_FAILED_DNE, 0x800706BFu, "the call to the service was not carried out")           \
    X(RPC_X_NULL_REF_POINTER, 0x800706F4u, "a required pointer is NULL")                           \
    X(RPC_X_ENUM_VALUE_OUT_OF_RANGE, 0x800706F5u, "an enumeration has no such value")              \
    X(RPC_X_BYTE_COUNT_TOO_SMALL, 0x800706F6u, "a byte count is too small")                        \
    X(RPC_X_BAD_STUB_DATA, 0x800706F7u, "the arguments cannot be passed on")                       \
    X(ERROR_RESOURCE_LANG_NOT_FOUND, 0x80070717u, "there is no text in this language")             \
    X(ERROR_CANT_RESOLVE_FILENAME, 0x80070781u, "the file name leads in a circle")

#endif

/* SPDX-License-Identifier: MIT */
#ifndef XBITS_RESULT_LIST_BITS_H
#define XBITS_RESULT_LIST_BITS_H

/* BITS's own results (facility 32), in the order of their values. Part of XBITS_RESULT_LIST. */
#define XBITS_RESULT_LIST_BITS(X)                                                                  \
    X(BG_E_NOT_FOUND, 0x80200001u, "there is no such job")                                         \
    X(BG_E_INVALID_STATE, 0x80200002u, "not allowed in the job's present state")                   \
    X(BG_E_EMPTY, 0x80200003u, "the job has no files")                                             \
    X(BG_E_FILE_NOT_AVAILABLE, 0x80200004u,                                                        \
      "no such file: wrong index, or the error concerns no file")                                  \
    X(BG_E_PROTOCOL_NOT_AVAILABLE, 0x80200005u, "the error concerns no protocol")                  \
    X(BG_S_ERROR_CONTEXT_NONE, 0x00200006, "error context: none")                                  \
    X(BG_E_ERROR_CONTEXT_UNKNOWN, 0x80200007u, "error context: unknown")                           \
    X(BG_E_ERROR_CONTEXT_GENERAL_QUEUE_MANAGER, 0x80200008u, "error context: the queue manager")   \
    X(BG_E_ERROR_CONTEXT_LOCAL_FILE, 0x80200009u, "error context: the local file")                 \
    X(BG_E_ERROR_CONTEXT_REMOTE_FILE, 0x8020000Au, "error context: the remote file")               \
    X(BG_E_ERROR_CONTEXT_GENERAL_TRANSPORT, 0x8020000Bu, "error context: the transport")           \
    X(BG_E_ERROR_CONTEXT_QUEUE_MANAGER_NOTIFICATION, 0x8020000Cu, "error context: a notification") \
    X(BG_E_DESTINATION_LOCKED, 0x8020000Du, "the destination volume is locked")                    \
    X(BG_E_VOLUME_CHANGED, 0x8020000Eu, "the destination volume is another one now")               \
    X(BG_E_ERROR_INFORMATION_UNAVAILABLE, 0x8020000Fu, "the job has no error to tell of")          \
    X(BG_E_NETWORK_DISCONNECTED, 0x80200010u, "there is no network")                               \
    X(BG_E_MISSING_FILE_SIZE, 0x80200011u, "the server does not say how large the file is")        \
    X(BG_E_INSUFFICIENT_HTTP_SUPPORT, 0x80200012u, "the server does not speak enough HTTP/1.1")    \
    X(BG_E_INSUFFICIENT_RANGE_SUPPORT, 0x80200013u, "the server or a proxy does not honour Range") \
    X(BG_E_REMOTE_NOT_SUPPORTED, 0x80200014u, "the queue cannot be used from another computer")    \
    X(BG_E_NEW_OWNER_DIFF_MAPPING, 0x80200015u,                                                    \
      "drive letters mean other places for the new owner")                                         \
    X(BG_E_NEW_OWNER_NO_FILE_ACCESS, 0x80200016u,                                                  \
      "the new owner may not use the job's local files")                                           \
    X(BG_S_PARTIAL_COMPLETE, 0x00200017, "only the files that were whole are complete")            \
    X(BG_E_PROXY_LIST_TOO_LARGE, 0x80200018u, "the proxy list is too long")                        \
    X(BG_E_PROXY_BYPASS_LIST_TOO_LARGE, 0x80200019u, "the proxy bypass list is too long")          \
    X(BG_S_UNABLE_TO_DELETE_FILES, 0x0020001A, "done, but temporary files were left behind")       \
    X(BG_E_INVALID_SERVER_RESPONSE, 0x8020001Bu, "the server's answer makes no sense")             \
    X(BG_E_TOO_MANY_FILES, 0x8020001Cu, "an upload job takes one file")                            \
    X(BG_E_LOCAL_FILE_CHANGED, 0x8020001Du, "the local file changed during its upload")            \
    X(BG_E_ERROR_CONTEXT_REMOTE_APPLICATION, 0x8020001Eu,                                          \
      "error context: the server's application")                                                   \
    X(BG_E_SESSION_NOT_FOUND, 0x8020001Fu, "the server does not know the upload session")          \
    X(BG_E_TOO_LARGE, 0x80200020u, "too large for the server, or a reply too large to read")       \
    X(BG_E_STRING_TOO_LONG, 0x80200021u, "the text is longer than allowed")                        \
    X(BG_E_CLIENT_SERVER_PROTOCOL_MISMATCH, 0x80200022u,                                           \
      "client and server share no upload protocol")                                                \
    X(BG_E_SERVER_EXECUTE_ENABLE, 0x80200023u,                                                     \
      "the upload folder lets uploaded files be executed")                                         \
    X(BG_E_NO_PROGRESS, 0x80200024u, "the transfer makes no progress")                             \
    X(BG_E_USERNAME_TOO_LARGE, 0x80200025u, "the user name is too long")                           \
    X(BG_E_PASSWORD_TOO_LARGE, 0x80200026u, "the password is too long")                            \
    X(BG_E_INVALID_AUTH_TARGET, 0x80200027u, "no such target for credentials")                     \
    X(BG_E_INVALID_AUTH_SCHEME, 0x80200028u, "no such authentication scheme")                      \
    X(BG_E_FILE_NOT_FOUND, 0x80200029u, "the file is not there")                                   \
    X(BG_S_PROXY_CHANGED, 0x0020002A, "the proxy settings changed")                                \
    X(BG_E_INVALID_RANGE, 0x8020002Bu, "the byte range is not valid")                              \
    X(BG_E_OVERLAPPING_RANGES, 0x8020002Cu, "byte ranges overlap")                                 \
    X(BG_E_CONNECT_FAILURE, 0x8020002Du, "connecting failed")                                      \
    X(BG_E_CONNECTION_CLOSED, 0x8020002Eu, "the connection was closed")                            \
    X(BG_E_KEEP_ALIVE_FAILURE, 0x8020002Fu, "a kept connection was closed")                        \
    X(BG_E_MESSAGE_LENGTH_LIMIT_EXCEEDED, 0x80200030u, "a message is longer than allowed")         \
    X(BG_E_NAME_RESOLUTION_FAILURE, 0x80200031u, "the host name could not be resolved")            \
    X(BG_E_PENDING, 0x80200032u, "the request is still pending")                                   \
    X(BG_E_PIPELINE_FAILURE, 0x80200033u, "a pipelined request failed")                            \
    X(BG_E_PROTOCOL_ERROR, 0x80200034u, "the server reported a protocol error")                    \
    X(BG_E_PROXY_NAME_RESOLUTION_FAILURE, 0x80200035u, "the proxy's name could not be resolved")   \
    X(BG_E_RECEIVE_FAILURE, 0x80200036u, "receiving failed")                                       \
    X(BG_E_REQUEST_CANCELED, 0x80200037u, "the request was cancelled")                             \
    X(BG_E_SECURE_CHANNEL_FAILURE, 0x80200038u, "the secure channel failed")                       \
    X(BG_E_SEND_FAILURE, 0x80200039u, "sending failed")                                            \
    X(BG_E_SERVER_PROTOCOL_VIOLATION, 0x8020003Au, "the server broke the protocol")                \
    X(BG_E_TIMEOUT, 0x8020003Bu, "the request took too long")                                      \
    X(BG_E_TRUST_FAILURE, 0x8020003Cu, "the server's certificate is not trusted")                  \
    X(BG_E_UNKNOWN_ERROR, 0x8020003Du, "the transport failed for an unknown reason")               \
    X(BG_E_BLOCKED_BY_POLICY, 0x8020003Eu, "policy allows background jobs no bandwidth")           \
    X(BG_E_INVALID_PROXY_INFO, 0x8020003Fu, "the proxy settings cannot be used")                   \
    X(BG_E_INVALID_CREDENTIALS, 0x80200040u, "the credentials are malformed")                      \
    X(BG_E_INVALID_HASH_ALGORITHM, 0x80200041u, "no such hash algorithm")                          \
    X(BG_E_RECORD_DELETED, 0x80200042u, "the cache record is deleted")                             \
    X(BG_E_COMMIT_IN_PROGRESS, 0x80200043u, "the cache record is being committed")                 \
    X(BG_E_DISCOVERY_IN_PROGRESS, 0x80200044u, "peers are being looked for already")               \
    X(BG_E_UPNP_ERROR, 0x80200045u, "the gateway device did not answer a UPnP request")            \
    X(BG_E_TEST_OPTION_BLOCKED_DOWNLOAD, 0x80200046u,                                              \
      "a test option blocks downloads from the server")                                            \
    X(BG_E_PEERCACHING_DISABLED, 0x80200047u, "peer caching is off")                               \
    X(BG_E_BUSYCACHERECORD, 0x80200048u, "the cache record is in use")                             \
    X(BG_E_TOO_MANY_JOBS_PER_USER, 0x80200049u, "the user has as many jobs as policy allows")      \
    X(BG_E_TOO_MANY_JOBS_PER_MACHINE, 0x80200050u, "the queue has as many jobs as policy allows")  \
    X(BG_E_TOO_MANY_FILES_IN_JOB, 0x80200051u, "the job has as many files as policy allows")       \
    X(BG_E_TOO_MANY_RANGES_IN_FILE, 0x80200052u, "the file has as many ranges as policy allows")   \
    X(BG_E_VALIDATION_FAILED, 0x80200053u, "the application refused what was downloaded")          \
    X(BG_E_MAXDOWNLOAD_TIMEOUT, 0x80200054u, "the job did not finish within its maximum time")     \
    X(BG_S_OVERRIDDEN_BY_POLICY, 0x00200055, "stored, but a policy overrides it")                  \
    X(BG_E_TOKEN_REQUIRED, 0x80200056u, "the job needs its helper token")                          \
    X(BG_E_UNKNOWN_PROPERTY_ID, 0x80200057u, "there is no such property")                          \
    X(BG_E_READ_ONLY_PROPERTY, 0x80200058u, "the property can only be read")                       \
    X(BG_E_BLOCKED_BY_COST_TRANSFER_POLICY, 0x80200059u,                                           \
      "the job may not use a connection of this cost")                                             \
    X(BG_E_PROPERTY_SUPPORTED_FOR_DOWNLOAD_JOBS_ONLY, 0x80200060u,                                 \
      "the property is for downloads only")                                                        \
    X(BG_E_READ_ONLY_PROPERTY_AFTER_ADDFILE, 0x80200061u,                                          \
      "the property is fixed once the job has a file")                                             \
    X(BG_E_READ_ONLY_PROPERTY_AFTER_RESUME, 0x80200062u,                                           \
      "the property is fixed once the job was resumed")                                            \
    X(BG_E_MAX_DOWNLOAD_SIZE_INVALID_VALUE, 0x80200063u, "not a valid maximum download size")      \
    X(BG_E_MAX_DOWNLOAD_SIZE_LIMIT_REACHED, 0x80200064u,                                           \
      "the download is larger than its maximum size")                                              \
    X(BG_E_STANDBY_MODE, 0x80200065u, "the computer is in standby")                                \
    X(BG_E_USE_STORED_CREDENTIALS_NOT_SUPPORTED, 0x80200066u,                                      \
      "stored credentials are for proxies only")                                                   \
    X(BG_E_BLOCKED_BY_BATTERY_POLICY, 0x80200067u,                                                 \
      "the job waits until the computer is on mains power")                                        \
    X(BG_E_BLOCKED_BY_BATTERY_SAVER, 0x80200068u, "the job waits until battery saver ends")        \
    X(BG_E_WATCHDOG_TIMEOUT, 0x80200069u, "a part of the service did not answer in time")          \
    X(BG_E_APP_PACKAGE_NOT_FOUND, 0x8020006Au, "the app package is not installed")                 \
    X(BG_E_APP_PACKAGE_SCENARIO_NOT_SUPPORTED, 0x8020006Bu, "the app package may not do this")     \
    X(BG_E_DATABASE_CORRUPT, 0x8020006Cu, "the queue's database is damaged")                       \
    X(BG_E_RANDOM_ACCESS_NOT_SUPPORTED, 0x8020006Du, "the file cannot be read at random")          \
    X(BG_E_BLOCKED_BY_BACKGROUND_ACCESS_POLICY, 0x8020006Eu,                                       \
      "the app may not run in the background")                                                     \
    X(BG_E_BLOCKED_BY_GAME_MODE, 0x8020006Fu, "the job waits until game mode ends")                \
    X(BG_E_BLOCKED_BY_SYSTEM_POLICY, 0x80200070u, "a system policy holds the job back")            \
    X(BG_E_NOT_SUPPORTED_WITH_CUSTOM_HTTP_METHOD, 0x80200071u,                                     \
      "not possible with a custom HTTP method")                                                    \
    X(BG_E_UNSUPPORTED_JOB_CONFIGURATION, 0x80200072u, "the job's settings contradict each other") \
    X(BG_E_REMOTE_FILE_CHANGED, 0x80200073u, "the remote file changed during the download")        \
    X(BG_E_SERVER_CERT_VALIDATION_INTERFACE_REQUIRED, 0x80200074u,                                 \
      "nobody is there to judge the server's certificate")                                         \
    X(BG_E_READ_ONLY_WHEN_JOB_ACTIVE, 0x80200075u, "cannot be changed while the job is active")    \
    X(BG_E_ERROR_CONTEXT_SERVER_CERTIFICATE_CALLBACK, 0x80200076u,                                 \
      "error context: the server certificate callback")

#endif

/* SPDX-License-Identifier: MIT */
#include "base/result_table.h"

enum { XBITS_RESULT_LIST_BITS(RESULT_ROW_PLACE) ROW_COUNT };

XBITS_RESULT_LIST_BITS(RESULT_ROW_MEANING)

#define TEXT_ID_CAUSE                                                                              \
    "This number names a text about where an error happened; it is not itself an error."
#define TEXT_ID_REMEDY "Look at the result that came with it."
#define OLD_CAUSE      "Declared in old headers; neither BITS of today nor xbits reports it."
#define OLD_REMEDY     "Find out who returned it: a notification receiver or an upload server may."
#define PEER_CAUSE     "Belongs to peer caching, which Windows has retired and xbits does not have."
#define PEER_REMEDY    "Do not use peer caching; download from the origin."

static const struct xbits_result_info rows[ROW_COUNT] = {
    RESULT_ROW(BG_E_NOT_FOUND,
               "No job has this id, or the job was completed or cancelled and is forgotten.",
               "Check the id and the queue; list the jobs to see what is there."),
    RESULT_ROW(BG_E_INVALID_STATE,
               "The job is final (completed or cancelled), or an upload was to be completed "
               "before it was transferred.",
               "Read the job's state first. Nothing can be done with a final job: create a new "
               "one."),
    RESULT_ROW(BG_E_EMPTY, "The job was resumed before any file was added.",
               "Add a file, then resume."),
    RESULT_ROW(BG_E_FILE_NOT_AVAILABLE,
               "A file was asked for by an index the job does not have, or the file of an error "
               "that concerns none.",
               "Count the job's files first; look at the error's context before asking for its "
               "file."),
    RESULT_ROW(BG_E_PROTOCOL_NOT_AVAILABLE,
               "The protocol of an error was asked for that did not arise in a transfer.",
               "Look at the error's context first."),
    RESULT_ROW(BG_S_ERROR_CONTEXT_NONE, TEXT_ID_CAUSE, TEXT_ID_REMEDY),
    RESULT_ROW(BG_E_ERROR_CONTEXT_UNKNOWN, TEXT_ID_CAUSE, TEXT_ID_REMEDY),
    RESULT_ROW(BG_E_ERROR_CONTEXT_GENERAL_QUEUE_MANAGER, TEXT_ID_CAUSE, TEXT_ID_REMEDY),
    RESULT_ROW(BG_E_ERROR_CONTEXT_LOCAL_FILE, TEXT_ID_CAUSE, TEXT_ID_REMEDY),
    RESULT_ROW(BG_E_ERROR_CONTEXT_REMOTE_FILE, TEXT_ID_CAUSE, TEXT_ID_REMEDY),
    RESULT_ROW(BG_E_ERROR_CONTEXT_GENERAL_TRANSPORT, TEXT_ID_CAUSE, TEXT_ID_REMEDY),
    RESULT_ROW(BG_E_ERROR_CONTEXT_QUEUE_MANAGER_NOTIFICATION, TEXT_ID_CAUSE, TEXT_ID_REMEDY),
    RESULT_ROW(BG_E_DESTINATION_LOCKED,
               "A disk check or another exclusive user holds the volume of the local file.",
               "Wait: the job goes on by itself when the volume is free."),
    RESULT_ROW(BG_E_VOLUME_CHANGED,
               "The drive or mount point of the local file now holds another volume, so what was "
               "downloaded is not there.",
               "Bring the old volume back and resume, or cancel and start again."),
    RESULT_ROW(BG_E_ERROR_INFORMATION_UNAVAILABLE,
               "The error was asked for, but the job has not failed or has transferred again "
               "since.",
               "Ask only while the state is ERROR or TRANSIENT_ERROR, or before the retry "
               "transfers."),
    RESULT_ROW(BG_E_NETWORK_DISCONNECTED, "No network adapter is up, or none has a route.",
               "Connect the network: the job goes on by itself."),
    RESULT_ROW(BG_E_MISSING_FILE_SIZE,
               "The answer to HEAD or GET had no Content-Length: the page is generated, chunked, "
               "or a proxy drops the header.",
               "Let the server send Content-Length, or set the dynamic-content property and "
               "foreground priority."),
    RESULT_ROW(BG_E_INSUFFICIENT_HTTP_SUPPORT,
               "The answer was not HTTP/1.x, or an upload met a server that speaks HTTP/1.0 "
               "only.",
               "Use a server and proxies that speak HTTP/1.1; check that the port is an HTTP "
               "port."),
    RESULT_ROW(BG_E_INSUFFICIENT_RANGE_SUPPORT,
               "A GET with Range was answered by the whole file or by a wrong Content-Range; "
               "background jobs need ranges, foreground jobs need them to go on.",
               "Switch ranges on at the server or proxy, or run the job at foreground priority, "
               "where a file below 2 GiB needs none."),
    RESULT_ROW(BG_E_REMOTE_NOT_SUPPORTED,
               "A program on another computer tried to use this computer's queue.",
               "Run the program on the computer whose queue it is."),
    RESULT_ROW(BG_E_NEW_OWNER_DIFF_MAPPING,
               "A job was to change hands, and a drive letter in its local names leads elsewhere "
               "for the new owner.",
               "Map the drive alike for both users, or use full paths in new jobs."),
    RESULT_ROW(BG_E_NEW_OWNER_NO_FILE_ACCESS,
               "A job was to change hands, and the new owner cannot reach its temporary files.",
               "Give the new owner rights on the destination directory and try again."),
    RESULT_ROW(BG_S_PARTIAL_COMPLETE, "The job was completed before all its files were there.",
               "Fetch the missing files with a new job; the files that were whole have their "
               "names."),
    RESULT_ROW(BG_E_PROXY_LIST_TOO_LARGE, "The proxy list has more than 4,000 characters.",
               "Shorten the list."),
    RESULT_ROW(BG_E_PROXY_BYPASS_LIST_TOO_LARGE,
               "The list of hosts to reach without the proxy has more than 4,000 characters.",
               "Shorten the list; a leading * matches many hosts at once."),
    RESULT_ROW(BG_S_UNABLE_TO_DELETE_FILES,
               "The job ended, but the system refused to remove some of its temporary files.",
               "Remove the job's BIT*.tmp files from the destination directory by hand."),
    RESULT_ROW(BG_E_INVALID_SERVER_RESPONSE,
               "Status and headers contradict each other or the request: ranges joined or in "
               "another order, an encoding nobody asked for, a length that does not match.",
               "Look at the answer with another client; a proxy or filter that rewrites content "
               "is the usual culprit."),
    RESULT_ROW(BG_E_TOO_MANY_FILES, "A second file was added to an upload job.",
               "Make one job for each upload."),
    RESULT_ROW(BG_E_LOCAL_FILE_CHANGED,
               "Size or time of the local file changed after its upload began.",
               "Upload a copy that nobody writes to; resume to start over."),
    RESULT_ROW(BG_E_ERROR_CONTEXT_REMOTE_APPLICATION, TEXT_ID_CAUSE, TEXT_ID_REMEDY),
    RESULT_ROW(BG_E_SESSION_NOT_FOUND,
               "The server dropped the upload session: it expired, was cancelled, or another "
               "server behind the same name has it.",
               "Nothing: the upload starts a new session. If it recurs, pin the client to one "
               "server or lengthen the session's life."),
    RESULT_ROW(BG_E_TOO_LARGE,
               "The upload is over the server's limit, or a reply of more than 1 MiB was to be "
               "read into memory.",
               "Raise the server's upload limit; read a large reply from its file."),
    RESULT_ROW(BG_E_STRING_TOO_LONG,
               "A name, description, header block, command or certificate store name is over its "
               "limit.",
               "Shorten the text to the limit the message or the property's page names."),
    RESULT_ROW(BG_E_CLIENT_SERVER_PROTOCOL_MISMATCH,
               "The upload server chose a protocol the client did not offer, or offered none.",
               "Check that the URL leads to a BITS upload server, and update the older side."),
    RESULT_ROW(BG_E_SERVER_EXECUTE_ENABLE,
               "The server refuses uploads into a folder whose files it would run.",
               "Take scripts and execution away from the folder in the server's settings."),
    RESULT_ROW(BG_E_NO_PROGRESS,
               "No byte was transferred for as long as the job's no-progress time-out allows, or "
               "an upload server stalls.",
               "Look at the last transient error, remove its cause and resume."),
    RESULT_ROW(BG_E_USERNAME_TOO_LARGE, "The user name has more than 300 characters.",
               "Use a shorter user name."),
    RESULT_ROW(BG_E_PASSWORD_TOO_LARGE, "The password has more than 65,535 characters.",
               "Use a shorter password."),
    RESULT_ROW(BG_E_INVALID_AUTH_TARGET,
               "Credentials were set for neither the server nor the proxy.",
               "Use target 1 (server) or 2 (proxy)."),
    RESULT_ROW(BG_E_INVALID_AUTH_SCHEME,
               "Credentials were set for a scheme that is not basic, digest, NTLM, negotiate or "
               "passport.",
               "Use a scheme from 1 to 5."),
    RESULT_ROW(BG_E_FILE_NOT_FOUND, "A file of the queue or of a job was not where it was left.",
               "See whether something cleans up the destination directory; cancel the job and "
               "start again."),
    RESULT_ROW(BG_S_PROXY_CHANGED,
               "The proxy settings were read again and differ; the service tells itself so.",
               "Nothing: the next request uses the new settings."),
    RESULT_ROW(BG_E_INVALID_RANGE,
               "A range starts or ends behind the end of the file, has no length, or has no "
               "start.",
               "Check offsets and lengths against the file's size at the server."),
    RESULT_ROW(BG_E_OVERLAPPING_RANGES, "Two ranges of one file share a byte or an offset.",
               "Join or separate the ranges; ranges that touch are fine."),
    RESULT_ROW(BG_E_CONNECT_FAILURE, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_CONNECTION_CLOSED, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_KEEP_ALIVE_FAILURE, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_MESSAGE_LENGTH_LIMIT_EXCEEDED, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_NAME_RESOLUTION_FAILURE, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_PENDING, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_PIPELINE_FAILURE, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_PROTOCOL_ERROR, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_PROXY_NAME_RESOLUTION_FAILURE, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_RECEIVE_FAILURE, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_REQUEST_CANCELED, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_SECURE_CHANNEL_FAILURE, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_SEND_FAILURE, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_SERVER_PROTOCOL_VIOLATION, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_TIMEOUT, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_TRUST_FAILURE, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_UNKNOWN_ERROR, OLD_CAUSE, OLD_REMEDY),
    RESULT_ROW(BG_E_BLOCKED_BY_POLICY,
               "The bandwidth policy gives background jobs 0 bit/s at this hour.",
               "Wait for the hour or the policy to change, or run the job at foreground "
               "priority."),
    RESULT_ROW(BG_E_INVALID_PROXY_INFO,
               "The proxy list or its bypass list does not follow the syntax.",
               "Write entries as [protocol=]host[:port], separated by blanks; * only at the "
               "start of a bypass entry."),
    RESULT_ROW(BG_E_INVALID_CREDENTIALS,
               "User name or password of the credentials cannot be used in this form.",
               "Set the credentials again, both parts together."),
    RESULT_ROW(BG_E_INVALID_HASH_ALGORITHM, PEER_CAUSE, PEER_REMEDY),
    RESULT_ROW(BG_E_RECORD_DELETED,
               "The cached copy whose state was to be set is gone from the peer cache.",
               "Ignore it, or download the file again."),
    RESULT_ROW(BG_E_COMMIT_IN_PROGRESS, PEER_CAUSE, PEER_REMEDY),
    RESULT_ROW(BG_E_DISCOVERY_IN_PROGRESS, PEER_CAUSE, PEER_REMEDY),
    RESULT_ROW(BG_E_UPNP_ERROR, "The gateway was asked for its traffic counters and gave none.",
               "Nothing: the network adapter's own counters are used."),
    RESULT_ROW(BG_E_TEST_OPTION_BLOCKED_DOWNLOAD,
               "A test setting of the service forbids downloads from the origin.",
               "Remove the test setting."),
    RESULT_ROW(BG_E_PEERCACHING_DISABLED, PEER_CAUSE, PEER_REMEDY),
    RESULT_ROW(BG_E_BUSYCACHERECORD, "A cached copy is being read or written.",
               "Try again in a few seconds."),
    RESULT_ROW(BG_E_TOO_MANY_JOBS_PER_USER,
               "The owner has as many jobs that are not final as MaxJobsPerUser allows (60).",
               "Complete or cancel old jobs, put more files into one job, or raise the policy. "
               "Administrators and services are exempt."),
    RESULT_ROW(BG_E_TOO_MANY_JOBS_PER_MACHINE,
               "The queue holds as many jobs as MaxJobsPerMachine allows (300).",
               "Complete or cancel old jobs, put more files into one job, or raise the policy. "
               "Administrators and services are exempt."),
    RESULT_ROW(BG_E_TOO_MANY_FILES_IN_JOB,
               "With these files the job would hold more than MaxFilesPerJob allows (200).",
               "Spread the files over several jobs or raise the policy. Administrators and "
               "services are exempt."),
    RESULT_ROW(BG_E_TOO_MANY_RANGES_IN_FILE,
               "The file was added with more ranges than MaxRangesPerFile allows (500).",
               "Join neighbouring ranges or raise the policy. Administrators and services are "
               "exempt."),
    RESULT_ROW(BG_E_VALIDATION_FAILED,
               "The application looked at the downloaded file and found it wrong; its bytes came "
               "from the origin.",
               "Check what the server hands out, then resume to download the file again."),
    RESULT_ROW(BG_E_MAXDOWNLOAD_TIMEOUT,
               "The job spent longer transferring than its maximum download time (90 days unless "
               "set).",
               "Raise the job's maximum download time and resume, or complete it to keep the "
               "files that are whole."),
    RESULT_ROW(BG_S_OVERRIDDEN_BY_POLICY,
               "The setting is stored, but a policy of the computer sets another value.",
               "Change the policy if the stored value is to count."),
    RESULT_ROW(BG_E_TOKEN_REQUIRED,
               "The job works with a helper token, and the token is lost: its owner logged off "
               "or the service started anew.",
               "Set the helper token again and resume, or clear the helper token flags."),
    RESULT_ROW(BG_E_UNKNOWN_PROPERTY_ID,
               "A property was read or written by a number or name that is none.",
               "Check the name against the list of properties, and the version of the engine."),
    RESULT_ROW(BG_E_READ_ONLY_PROPERTY,
               "A property was to be written that the engine alone writes.", "Only read it."),
    RESULT_ROW(BG_E_BLOCKED_BY_COST_TRANSFER_POLICY,
               "The connection is metered, roaming or over its cap, and the job's cost flags "
               "exclude that.",
               "Wait for a cheaper connection, or widen the job's cost flags."),
    RESULT_ROW(BG_E_PROPERTY_SUPPORTED_FOR_DOWNLOAD_JOBS_ONLY,
               "A property of downloads was used on an upload job.",
               "Leave the property alone, or make a download job."),
    RESULT_ROW(BG_E_READ_ONLY_PROPERTY_AFTER_ADDFILE,
               "The property was set after the first file was added.",
               "Create the job anew and set the property before adding files."),
    RESULT_ROW(BG_E_READ_ONLY_PROPERTY_AFTER_RESUME,
               "The property was set after the job had been resumed once.",
               "Create the job anew and set the property before resuming."),
    RESULT_ROW(BG_E_MAX_DOWNLOAD_SIZE_INVALID_VALUE, "The maximum download size was set to 0.",
               "Set a number of bytes above 0."),
    RESULT_ROW(BG_E_MAX_DOWNLOAD_SIZE_LIMIT_REACHED,
               "The files of the job are together larger than its maximum download size.",
               "If the size is right, create the job anew with a higher maximum."),
    RESULT_ROW(BG_E_STANDBY_MODE,
               "The computer is in connected standby and holds background work back.",
               "Wait: the job goes on by itself when the computer wakes."),
    RESULT_ROW(BG_E_USE_STORED_CREDENTIALS_NOT_SUPPORTED,
               "Stored credentials were asked for with the server as target.",
               "Use them with the proxy as target; give a server's credentials explicitly."),
    RESULT_ROW(BG_E_BLOCKED_BY_BATTERY_POLICY,
               "The computer runs on battery, and policy holds such jobs back until it does not.",
               "Connect the computer to mains power."),
    RESULT_ROW(BG_E_BLOCKED_BY_BATTERY_SAVER,
               "The user or a low battery switched battery saver on.",
               "Charge the computer or switch battery saver off."),
    RESULT_ROW(BG_E_WATCHDOG_TIMEOUT,
               "The service's own watchdog saw a step of the transfer that did not come back.",
               "Resume the job; if it recurs, look at what blocks the disk or the network."),
    RESULT_ROW(BG_E_APP_PACKAGE_NOT_FOUND,
               "The job belongs to a Windows app package that is not installed for this user.",
               "Install the package again or cancel the job."),
    RESULT_ROW(BG_E_APP_PACKAGE_SCENARIO_NOT_SUPPORTED,
               "The job asks for something that jobs of Windows app packages cannot do.",
               "Create the job from a program that is not packaged."),
    RESULT_ROW(BG_E_DATABASE_CORRUPT, "The file that holds the queue cannot be read as one.",
               "Stop everything that uses the queue, keep a copy of the file, and start with a "
               "new queue."),
    RESULT_ROW(BG_E_RANDOM_ACCESS_NOT_SUPPORTED,
               "Ranges of a file were asked for at will, but the job is no download over HTTP or "
               "the server has no ranges.",
               "Use a download from a server with ranges, and no dynamic content."),
    RESULT_ROW(BG_E_BLOCKED_BY_BACKGROUND_ACCESS_POLICY,
               "The user's settings do not let this app work in the background.",
               "Allow the app background work in the system's settings."),
    RESULT_ROW(BG_E_BLOCKED_BY_GAME_MODE, "A full-screen game runs and has the computer to itself.",
               "Wait: the job goes on by itself when the game ends."),
    RESULT_ROW(BG_E_BLOCKED_BY_SYSTEM_POLICY,
               "The system holds background transfers back for a reason it does not name.",
               "Wait, or look for policies on background transfers on this computer."),
    RESULT_ROW(BG_E_NOT_SUPPORTED_WITH_CUSTOM_HTTP_METHOD,
               "Dynamic content or on-demand mode was combined with an HTTP method other than "
               "the usual one.",
               "Use one or the other."),
    RESULT_ROW(BG_E_UNSUPPORTED_JOB_CONFIGURATION,
               "Two settings of the job exclude each other, such as dynamic content with ranges "
               "or with on-demand mode.",
               "Create the job anew with one of the two."),
    RESULT_ROW(BG_E_REMOTE_FILE_CHANGED,
               "Size or time of the file at the server changed while the job could not start it "
               "over.",
               "Resume or create the job anew to fetch the new file."),
    RESULT_ROW(BG_E_SERVER_CERT_VALIDATION_INTERFACE_REQUIRED,
               "The job wants an application to judge each server certificate, and no "
               "application answers.",
               "Register the callback again and resume, or remove it from the job."),
    RESULT_ROW(BG_E_READ_ONLY_WHEN_JOB_ACTIVE,
               "The value was to be changed while the job was queued, connecting or "
               "transferring.",
               "Suspend the job, change it, resume."),
    RESULT_ROW(BG_E_ERROR_CONTEXT_SERVER_CERTIFICATE_CALLBACK, TEXT_ID_CAUSE, TEXT_ID_REMEDY),
};

const struct result_table result_table_bits = { rows, ROW_COUNT };

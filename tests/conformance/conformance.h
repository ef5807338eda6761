/* SPDX-License-Identifier: MIT */
#ifndef CONFORMANCE_CONFORMANCE_H
#define CONFORMANCE_CONFORMANCE_H

#include "support/cmocka.h"
#include "support/temp_directory.h"
#include "xbits/xbits.h"

/*
 * One behavioural suite for every engine, through the public API. A harness is the world around an
 * engine: it offers capabilities, a test needs some, and what a harness lacks is skipped by name.
 */
enum capability {
    CAN_SKIP_TIME = 1u << 0,        /* The clock is virtual. */
    CAN_CUT_NETWORK = 1u << 1,      /* xbits_sim_set_network works. */
    CAN_SERVE_FAULTS = 1u << 2,     /* Statuses, broken connections, missing headers. */
    CAN_DELAY_ANSWERS = 1u << 3,    /* Latency and rate are in the manager's time. */
    CAN_FAIL_CONNECTIONS = 1u << 4, /* served.error and answers of HTTP/0.9. */
    CAN_SERVE_HTTPS = 1u << 5,
    CAN_SEE_REQUESTS = 1u << 6,  /* What came over the wire can be read back. */
    CAN_CHANGE_LIMITS = 1u << 7, /* Limits and quirks are settings. */
    CAN_UPLOAD = 1u << 8,
    CAN_RUN_COMMANDS = 1u << 12, /* Notification commands run; there is a /bin/sh. */
    IS_UNPRIVILEGED = 1u << 9,   /* File permissions bind this process. */
    CAN_RESTART = 1u << 10,      /* The queue survives its manager: harness_restart works. */
    IS_IN_MEMORY = 1u << 11,     /* It does not. */
    CAN_SERVE_BYTES = 1u << 13   /* served.bytes */
};

/* One resource of the other side, for every source alike. Zeroed: a good static file. */
struct served {
    const char *path; /* "/a.bin", a query included; an absolute URL where CAN_SERVE_HTTPS. */
    uint64_t size;
    uint64_t pattern;     /* Seed of the content (wire/resource.h). */
    const char *text;     /* Not NULL: the content, in place of the pattern. */
    int64_t modified;     /* FILETIME; 0: SERVED_MODIFIED. */
    int status;           /* Answered instead of the content ... */
    uint32_t fail_times;  /* ... so many times, then the content; 0: for ever. */
    int head_status;      /* Answered to HEAD alone. */
    const char *location; /* Goes with a 3xx status. */
    bool no_ranges;       /* Range is ignored: 200. */
    bool no_length;       /* No Content-Length. */
    bool no_validators;   /* No Last-Modified, no ETag. */
    bool is_http_1_0;
    const char *wrong_content_range;
    uint64_t cut_after; /* The connection breaks after so many bytes of a body ... */
    uint32_t cut_times; /* ... so many times; 0: always. */
    uint64_t rate;      /* Bytes a second; 0: at once. */
    bool stalls;        /* The head arrives, the body never. */

    bool is_http_0_9;    /* CAN_FAIL_CONNECTIONS */
    const char *error;   /* CAN_FAIL_CONNECTIONS: resolve, connect, timeout, reset, tls. */
    uint64_t latency_ms; /* CAN_DELAY_ANSWERS */
    const void *bytes;   /* CAN_SERVE_BYTES: size bytes, in place of pattern and text. */
};

/* 2021-03-04T05:06:07Z */
#define SERVED_MODIFIED INT64_C(132593079670000000)

/* What a request said, texts "" when absent. */
struct seen_request {
    char method[16];
    char target[256];
    char range[64];
    char user_agent[64];
    char accept_encoding[64];
    char connection[64];
    char if_unmodified_since[64];
    char host[64];
    int status;
};

#define HARNESS_JOBS_MAXIMUM    512
#define HARNESS_SERVED_MAXIMUM  64
#define HARNESS_OTHERS_MAXIMUM  4
#define HARNESS_PLAYERS_MAXIMUM 4

struct harness {
    /* What each harness is. */
    const char *name;   /* "sim.script" */
    const char *source; /* xbits_options.source */
    unsigned offers;
    void (*start)(struct harness *harness);  /* Sets base_url; before the manager is opened. */
    void (*opened)(struct harness *harness); /* A manager was opened; NULL: nothing to do. */
    void (*stop)(struct harness *harness);
    void (*publish)(struct harness *harness, const struct served *served); /* Adds or replaces. */
    const char *(*refusing_url)(struct harness *harness); /* Nobody listens there. */
    const char *(*silent_url)(struct harness *harness);   /* Connects and never answers. */
    const char *(*unknown_host_url)(struct harness *harness);
    bool (*request_at)(struct harness *harness, size_t index, struct seen_request *seen_out);
    void *own;

    /* What a test finds: valid from its start to its end. */
    struct xbits_manager *manager;
    char base_url[64];               /* "http://127.0.0.1:41234" */
    bool is_kept;                    /* Queues live in directories. */
    struct temp_directory directory; /* Empty at first, removed afterwards. */

    /* The suite's own. */
    struct xbits_job *jobs[HARNESS_JOBS_MAXIMUM];
    size_t job_count;
    char **texts;
    size_t text_count;
    struct xbits_manager *others[HARNESS_OTHERS_MAXIMUM]; /* At the same queue. */
    size_t other_count;
    struct xbits_player *players[HARNESS_PLAYERS_MAXIMUM];
    size_t player_count;
    struct served served[HARNESS_SERVED_MAXIMUM];
    size_t served_count;
    struct temp_directory queues; /* One directory for each manager that was opened. */
    unsigned queue_count;
    struct xbits_options options; /* The present manager's. */
};

extern const struct harness harness_script;
extern const struct harness harness_http;

/* The same over queues in directories. */
struct harness harness_kept(const struct harness *harness, const char *name);

struct conformance_test {
    const char *name;   /* A sentence. */
    const char *checks; /* Sections of the specification, "top" for the Top 60 checks. */
    unsigned needs;
    void (*body)(struct harness *harness);
};
#define CONFORMANCE_TEST(needs, checks, body)                                                      \
    {                                                                                              \
#body, checks, needs, body                                                                 \
    }

struct conformance_suite {
    const char *theme;
    const struct conformance_test *tests;
    size_t count;
};
#define CONFORMANCE_SUITE(theme, tests)                                                            \
    {                                                                                              \
        theme, tests, sizeof(tests) / sizeof((tests)[0])                                           \
    }

extern const struct conformance_suite access_suite;
extern const struct conformance_suite changed_files_suite;
extern const struct conformance_suite changes_suite;
extern const struct conformance_suite clock_suite;
extern const struct conformance_suite complete_suite;
extern const struct conformance_suite complete_failures_suite;
extern const struct conformance_suite create_suite;
extern const struct conformance_suite errors_suite;
extern const struct conformance_suite files_suite;
extern const struct conformance_suite held_suite;
extern const struct conformance_suite inactivity_suite;
extern const struct conformance_suite limits_suite;
extern const struct conformance_suite network_suite;
extern const struct conformance_suite notifications_suite;
extern const struct conformance_suite notify_command_suite;
extern const struct conformance_suite properties_suite;
extern const struct conformance_suite quirks_suite;
extern const struct conformance_suite redirects_suite;
extern const struct conformance_suite restart_suite;
extern const struct conformance_suite resume_suite;
extern const struct conformance_suite retry_suite;
extern const struct conformance_suite scheduling_suite;
extern const struct conformance_suite states_suite;
extern const struct conformance_suite threads_suite;
extern const struct conformance_suite transfer_suite;
extern const struct conformance_suite uploads_suite;
extern const struct conformance_suite visits_suite;
extern const struct conformance_suite wire_suite;
extern const struct conformance_suite wmp_adopt_suite;
extern const struct conformance_suite wmp_complete_suite;
extern const struct conformance_suite wmp_download_collections_suite;
extern const struct conformance_suite wmp_download_files_suite;
extern const struct conformance_suite wmp_download_session_suite;
extern const struct conformance_suite wmp_download_start_suite;
extern const struct conformance_suite wmp_download_states_suite;
extern const struct conformance_suite wmp_external_suite;
extern const struct conformance_suite wmp_library_suite;
extern const struct conformance_suite wmp_pages_suite;
extern const struct conformance_suite wmp_producer_suite;
extern const struct conformance_suite wmp_refuse_suite;
extern const struct conformance_suite wmp_session_suite;
extern const struct conformance_suite wmp_states_suite;

/* harness.c: around each test. */
void harness_begin(struct harness *harness);
void harness_end(struct harness *harness);

/* The options every manager of the suite starts from: virtual clock, fixed seed, this source; a
 * queue of its own. */
void harness_options(struct harness *harness, struct xbits_options *options_out);
/* Closes the manager and opens another; what is served stays served. */
void harness_reopen(struct harness *harness, const struct xbits_options *options);
/* CAN_RESTART: the service ends and starts again at the same moment: same queue, same options, no
 * handle left. */
void harness_restart(struct harness *harness);
/* Opens the manager again, at a queue that others can name, too. */
void harness_share(struct harness *harness);
/* One more manager at the present queue, closed with it; NULL: the plain user. */
struct xbits_manager *harness_open_other(struct harness *harness, const char *principal);
/* Forgets and closes the manager; players, jobs' handles and the others first. */
void harness_close_manager(struct harness *harness);

/* Keeps a heap text until the end of the test. */
const char *harness_keep(struct harness *harness, char *text);
/* A handle that is closed before the manager, whatever becomes of the test. */
struct xbits_job *harness_keep_job(struct harness *harness, struct xbits_job *job);
/* Closes it now. */
void harness_close_job(struct harness *harness, struct xbits_job *job);

/* The same for players, which need their manager to the end. */
struct xbits_player *harness_keep_player(struct harness *harness, struct xbits_player *player);
void harness_close_player(struct harness *harness, struct xbits_player *player);

/* "http://127.0.0.1:41234/a.bin" and "/tmp/xbits-Ab3xZ9/a.bin"; valid until the end of the test. */
const char *harness_url(struct harness *harness, const char *path);
const char *harness_path(struct harness *harness, const char *name);

void harness_serve(struct harness *harness, const struct served *served);

#endif

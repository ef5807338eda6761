/* SPDX-License-Identifier: MIT */
/*
 * Runs one golden file: golden PROGRAM FILE. The commands run by the shell in a temporary directory
 * that is also the user's home; PROGRAM is found by its name; no proxy and no setting of the
 * caller's reaches it.
 */
#include "base/text.h"
#include "golden_script.h"
#include "support/temp_directory.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A command that takes longer hangs: it is killed. */
#define COMMAND_LIMIT_S 60

struct process {
    pid_t id;
    int output; /* Both streams of it. */
    struct text text;
};

struct golden {
    const char *file;
    char directory[1024]; /* With links resolved, as the program prints it. */
    unsigned port;
    struct process server; /* id 0: none. */
    int server_status;     /* What it has to end with. */
    int server_line;
};

static void fail_hard(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* The caller may ignore signals that the commands are tested with. */
static void run_child(const char *command, int output)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        signal(numbers[i], SIG_DFL);
    if (dup2(output, STDOUT_FILENO) >= 0 && dup2(output, STDERR_FILENO) >= 0) {
        close(output);
        alarm(COMMAND_LIMIT_S);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    }
    _exit(127);
}

static struct process start(const char *command)
{
    struct process process = { 0 };
    int ends[2];

    if (pipe(ends) != 0)
        fail_hard("pipe");
    process.id = fork();
    if (process.id < 0)
        fail_hard("fork");
    if (process.id == 0) {
        close(ends[0]);
        run_child(command, ends[1]);
    }
    close(ends[1]);
    process.output = ends[0];
    return process;
}

/* Reads until the output contains word ("": to its end). */
static void read_until(struct process *process, const char *word)
{
    char bytes[4096];

    while (word[0] == '\0' || strstr(text_c(&process->text), word) == NULL) {
        ssize_t size = read(process->output, bytes, sizeof bytes);

        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return;
        if (XBITS_FAILED(text_append(&process->text, bytes, (size_t)size)))
            fail_hard("output");
    }
}

/* Its exit status, or 128 and the signal that ended it, as the shell counts. */
static int finish(struct process *process)
{
    int status;

    read_until(process, "");
    close(process->output);
    while (waitpid(process->id, &status, 0) < 0) {
        if (errno != EINTR)
            fail_hard("waitpid");
    }
    process->id = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool check(const struct golden *golden, const struct golden_step *step, const char *output,
                  int status)
{
    struct text expected = { 0 };
    bool is_right;

    if (XBITS_FAILED(golden_expand(&expected, step->expected, golden->directory, golden->port)))
        fail_hard("expand");
    is_right = golden_matches(text_c(&expected), output) && status == step->status;
    if (!is_right) {
        fprintf(stderr, "%s:%d: %s\n--- expected, status %d\n%s--- printed, status %d\n%s---\n",
                golden->file, step->line, step->command, step->status, text_c(&expected), status,
                output);
    }
    text_dispose(&expected);
    return is_right;
}

static unsigned port_in(const char *line)
{
    const char *colon = strrchr(line, ':');

    return colon ? (unsigned)strtoul(colon + 1, NULL, 10) : 0;
}

static bool run_server(struct golden *golden, const struct golden_step *step, const char *command)
{
    golden->server = start(command);
    golden->server_status = step->status;
    golden->server_line = step->line;
    read_until(&golden->server, "\n");
    golden->port = port_in(text_c(&golden->server.text));
    return check(golden, step, text_c(&golden->server.text), step->status);
}

static bool run_to_end(struct golden *golden, const struct golden_step *step, const char *command)
{
    struct process process = start(command);
    bool is_right;
    int status;

    if (step->kind == GOLDEN_INTERRUPT) {
        read_until(&process, step->word);
        kill(process.id, SIGINT);
    }
    status = finish(&process);
    is_right = check(golden, step, text_c(&process.text), status);
    text_dispose(&process.text);
    return is_right;
}

static bool run_step(struct golden *golden, const struct golden_step *step)
{
    /* exec: a signal is to reach the program, not a shell around it. */
    const char *prefix = step->kind == GOLDEN_RUN ? "" : "exec ";
    struct text command = { 0 };
    bool is_right;

    if (XBITS_FAILED(text_add(&command, prefix)) ||
        XBITS_FAILED(golden_expand(&command, step->command, golden->directory, golden->port)))
        fail_hard("expand");
    is_right = step->kind == GOLDEN_SERVER ? run_server(golden, step, text_c(&command))
                                           : run_to_end(golden, step, text_c(&command));
    text_dispose(&command);
    return is_right;
}

static bool stop_server(struct golden *golden)
{
    int status;

    if (golden->server.id == 0)
        return true;
    kill(golden->server.id, SIGTERM);
    status = finish(&golden->server);
    if (status != golden->server_status)
        fprintf(stderr, "%s:%d: the server ended with %d\n", golden->file, golden->server_line,
                status);
    text_dispose(&golden->server.text);
    return status == golden->server_status;
}

static bool run_script(struct golden *golden, const char *script)
{
    enum golden_found found;
    struct golden_step step;
    bool is_right = true;
    int line = 0;

    while (is_right && (found = golden_next(&script, &line, &step)) != GOLDEN_END) {
        if (found == GOLDEN_MALFORMED) {
            fprintf(stderr, "%s:%d: a step is \"$ command\", its output, \"? status\"\n",
                    golden->file, line);
            is_right = false;
            break;
        }
        is_right = run_step(golden, &step);
        golden_dispose(&step);
    }
    return stop_server(golden) && is_right;
}

static void read_whole(const char *path, struct text *text)
{
    FILE *file = fopen(path, "r");
    char bytes[4096];
    size_t size;

    if (file == NULL)
        fail_hard(path);
    while ((size = fread(bytes, 1, sizeof bytes, file)) > 0) {
        if (XBITS_FAILED(text_append(text, bytes, size)))
            fail_hard(path);
    }
    fclose(file);
}

/* No test may reach the queue, or the library, of the user who runs it. */
static void set_place(const char *variable, const char *directory, const char *name)
{
    struct text place = { 0 };

    if (XBITS_FAILED(text_format(&place, "%s/%s", directory, name)))
        fail_hard(directory);
    setenv(variable, text_c(&place), 1);
    text_dispose(&place);
}

/* What the commands see of the world. */
static void set_environment(const char *program, const char *directory)
{
    static const char *const unwanted[] = {
        "XBITS_CONFIG", "XBITS_TRACE", "XBITS_SEED", "XDG_CONFIG_HOME", "http_proxy", "https_proxy",
        "all_proxy",    "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY",       "no_proxy",   "NO_PROXY",
    };
    const char *path = getenv("PATH");
    const char *slash = strrchr(program, '/');
    struct text search = { 0 };

    for (size_t i = 0; i < sizeof unwanted / sizeof unwanted[0]; i++)
        unsetenv(unwanted[i]);
    if (slash == NULL ||
        XBITS_FAILED(text_format(&search, "%.*s:%s", (int)(slash - program), program, path)))
        fail_hard(program);
    setenv("PATH", text_c(&search), 1);
    setenv("HOME", directory, 1);
    set_place("XDG_STATE_HOME", directory, ".state");
    set_place("XBITS_USER_DIR", directory, ".user");
    setenv("LC_ALL", "C", 1);
    text_dispose(&search);
}

int main(int argc, char **argv)
{
    struct golden golden = { 0 };
    struct temp_directory directory;
    struct text script = { 0 };
    bool is_right;

    if (argc != 3) {
        fputs("usage: golden PROGRAM FILE\n", stderr);
        return EXIT_FAILURE;
    }
    golden.file = argv[2];
    read_whole(golden.file, &script);
    temp_directory_make(&directory);
    if (chdir(directory.path) != 0 || getcwd(golden.directory, sizeof golden.directory) == NULL)
        fail_hard(directory.path);
    set_environment(argv[1], golden.directory);
    is_right = run_script(&golden, text_c(&script));
    text_dispose(&script);
    temp_directory_remove(&directory);
    return is_right ? EXIT_SUCCESS : EXIT_FAILURE;
}

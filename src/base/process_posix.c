/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* No header declares it where only POSIX is asked for. */
extern char **environ;

struct process {
    pid_t id;
};

uint64_t process_id(void)
{
    return (uint64_t)getpid();
}

/* Asked for programs of Windows, of which none runs here: not even under Wine, whose processes have
 * a service and a registry of their own. */
xbits_result process_is_running(const char *image_name, bool *is_running_out)
{
    (void)image_name;
    *is_running_out = false;
    return XBITS_S_OK;
}

/* Our threads block every signal, and a program may ignore some: neither is the child's business.
 */
static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none;
    sigset_t all;
    int error;

    sigemptyset(&none);
    sigfillset(&all);
    /* These two have their default for good, and some systems refuse to be asked. */
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0)
        error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0)
        error = posix_spawnattr_setpgroup(attributes, 0);
    if (error == 0)
        error = posix_spawnattr_setflags(
            attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    return error;
}

static int set_files(posix_spawn_file_actions_t *actions)
{
    int error = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);

    if (error == 0)
        error = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    return error;
}

static int spawn(const char *program, const char *const *argv, pid_t *id_out)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);

    if (error != 0)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error == 0) {
        error = set_files(&actions);
        if (error == 0)
            error = set_attributes(&attributes);
        /* The new program gets copies: nobody writes through these pointers. */
        if (error == 0)
            error =
                posix_spawn(id_out, program, &actions, &attributes, (char *const *)argv, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

xbits_result process_start(const char *program, const char *const *argv,
                           struct process **process_out)
{
    struct process *process = malloc(sizeof(*process));
    int error;

    if (process == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to start %s", program);
    error = spawn(program, argv, &process->id);
    if (error != 0) {
        free(process);
        return xbits_fail_errno(error, "cannot start %s", program);
    }
    *process_out = process;
    return XBITS_S_OK;
}

int process_wait(struct process *process)
{
    int status = 0;
    pid_t ended;

    do
        ended = waitpid(process->id, &status, 0);
    while (ended < 0 && errno == EINTR);
    free(process);
    /* A host that ignores SIGCHLD takes the status away: nobody knows it. */
    if (ended < 0)
        return PROCESS_STATUS_SIGNALLED;
    return WIFSIGNALED(status) ? PROCESS_STATUS_SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status);
}

void process_stop(struct process *process)
{
    (void)kill(process->id, SIGKILL);
}

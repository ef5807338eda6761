/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "base/command_line.h"
#include "base/process.h"
#include "base/text.h"

#include <stdlib.h>

/*
 * Notification commands. Each has a thread that waits for its end, because a round waits for
 * nobody; with a virtual clock the round waits, and time stands still. A queue that is closed
 * leaves the commands running: they are the user's, and nobody notes their end. So the threads know
 * the queue through this box, which the last of them frees.
 */
struct sim_commands {
    struct mutex *lock; /* Taken before the queue's. */
    struct sim *sim;    /* NULL: closed. */
    size_t holders;
};

struct command {
    struct sim_commands *commands; /* NULL: run by the round itself. */
    char *program;
    char *parameters;
    struct happening happening;
};

static void release(struct sim_commands *commands)
{
    bool is_last;

    mutex_lock(commands->lock);
    is_last = --commands->holders == 0;
    mutex_unlock(commands->lock);
    if (!is_last)
        return;
    mutex_free(commands->lock);
    free(commands);
}

/* Only the round makes it and only the end of the queue closes it. */
static struct sim_commands *hold(struct sim *sim)
{
    struct sim_commands *commands = sim->commands;

    if (commands == NULL) {
        commands = calloc(1, sizeof(*commands));
        if (commands == NULL)
            return NULL;
        *commands = (struct sim_commands){ .lock = mutex_new(), .sim = sim, .holders = 1 };
        if (commands->lock == NULL) {
            free(commands);
            return NULL;
        }
        sim->commands = commands;
    }
    mutex_lock(commands->lock);
    commands->holders++;
    mutex_unlock(commands->lock);
    return commands;
}

void sim_close_commands(struct sim *sim)
{
    if (sim->commands == NULL)
        return;
    mutex_lock(sim->commands->lock);
    sim->commands->sim = NULL;
    mutex_unlock(sim->commands->lock);
    release(sim->commands);
    sim->commands = NULL;
}

static void free_command(struct command *command)
{
    if (command == NULL)
        return;
    happening_dispose(&command->happening);
    free(command->parameters);
    free(command->program);
    free(command);
}

static xbits_result run(const struct command *command, int *status_out)
{
    struct command_line line;
    struct process *process;
    xbits_result result;

    TRY(command_line_split(command->program, command->parameters, &line));
    result = process_start(command->program, (const char *const *)line.argv, &process);
    command_line_dispose(&line);
    TRY(result);
    *status_out = process_wait(process);
    return XBITS_S_OK;
}

static void run_and_keep(struct command *command)
{
    struct happening *happening = &command->happening;

    happening->result = run(command, &happening->exit_status);
    if (XBITS_FAILED(happening->result))
        (void)text_copy(xbits_last_error()->message, &happening->text);
}

static void tell(struct sim *sim, struct happening *happening)
{
    struct engine_now now;

    mutex_lock(sim->lock);
    now = sim_now(sim);
    engine_happened(sim->engine, happening, &now);
    sim_touch(sim);
    mutex_unlock(sim->lock);
}

static void run_on_thread(void *user)
{
    struct command *command = user;
    struct sim_commands *commands = command->commands;

    run_and_keep(command);
    mutex_lock(commands->lock);
    if (commands->sim != NULL)
        tell(commands->sim, &command->happening);
    mutex_unlock(commands->lock);
    free_command(command);
    release(commands);
}

/* A thread that cannot be had fails the command, and it is tried again like any other. */
static xbits_result start(struct sim *sim, struct command *command)
{
    xbits_result result;

    command->commands = hold(sim);
    if (command->commands == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to run a notification command");
    result = thread_start_alone(run_on_thread, command);
    if (XBITS_FAILED(result))
        release(command->commands);
    return result;
}

static xbits_result copy_command(struct sim *sim, const struct effect *effect,
                                 struct command *command)
{
    const struct xbits_value *value;
    xbits_result result;

    mutex_lock(sim->lock);
    value = engine_command(effect->job);
    if (value->kind == XBITS_KIND_COMMAND) {
        result = text_copy(value->as.command.program, &command->program);
        if (XBITS_SUCCEEDED(result))
            result = text_copy(value->as.command.parameters, &command->parameters);
    } else {
        result = xbits_fail(XBITS_E_ABORT, "the command line was cleared before it ran");
    }
    mutex_unlock(sim->lock);
    return result;
}

static xbits_result new_command(struct sim *sim, const struct effect *effect,
                                struct command **command_out)
{
    struct command *command = calloc(1, sizeof(*command));
    xbits_result result;

    if (command == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to run a notification command");
    command->happening =
        (struct happening){ .kind = HAPPENED_RAN, .job = effect->job, .run = effect->run };
    result = copy_command(sim, effect, command);
    if (XBITS_FAILED(result)) {
        free_command(command);
        return result;
    }
    *command_out = command;
    return XBITS_S_OK;
}

void sim_run_command(struct sim *sim, const struct effect *effect)
{
    struct happening failed = { .kind = HAPPENED_RAN, .job = effect->job, .run = effect->run };
    struct command *command = NULL;
    xbits_result result = new_command(sim, effect, &command);

    if (XBITS_SUCCEEDED(result) && sim->is_virtual) {
        run_and_keep(command);
        tell(sim, &command->happening);
        free_command(command);
        return;
    }
    if (XBITS_SUCCEEDED(result))
        result = start(sim, command);
    if (XBITS_SUCCEEDED(result))
        return;
    free_command(command);
    failed.result = result;
    (void)text_copy(xbits_last_error()->message, &failed.text);
    tell(sim, &failed);
}

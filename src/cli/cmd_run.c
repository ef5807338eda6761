/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/open_manager.h"
#include "cli/run_queue.h"

struct run_values {
    uint64_t timeout_s;
};

static const struct option options[] = {
    { .name = "timeout",
      .kind = OPTION_NUMBER,
      .value_name = "SECONDS",
      .summary = "stop after so long; the jobs stay in the queue",
      .offset = offsetof(struct run_values, timeout_s),
      .minimum = 1,
      .maximum = UINT32_MAX },
};

static void wake(void *user)
{
    (void)xbits_manager_wake(user);
}

static enum cli_exit run(struct cli *cli)
{
    const struct run_values *values = cli->values;
    struct run_queue queue = { .cli = cli, .limit = time_limit_start(values->timeout_s) };
    enum cli_exit status = CLI_FAILED;

    interrupt_watch();
    if (XBITS_FAILED(open_queue(&cli->global, XBITS_ACCESS_RUN, &queue.manager)))
        return cli_fail(cli, "cannot run the queue");
    interrupt_wakes(wake, queue.manager);
    if (XBITS_FAILED(run_queue_follow(&queue, &status)))
        status = cli_fail(cli, "cannot follow the queue");
    else
        run_queue_summarise(&queue, status);
    interrupt_wakes(NULL, NULL);
    run_queue_dispose(&queue);
    xbits_manager_close(queue.manager);
    return status;
}

const struct cli_command cmd_run = {
    .name = "run",
    .operands = "",
    .summary = "Run the jobs of a queue",
    .details = "Owns the queue until no job moves and no timer will move one: each is\n"
               "TRANSFERRED, ERROR or SUSPENDED, or waits for something outside. Retry delays\n"
               "are waited for. Each new state is told on standard error, the sum of it on\n"
               "standard output. Ends with 1 when a job is in ERROR. Ctrl-C and the timeout\n"
               "leave the jobs queued.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct run_values),
    .prints_lines = true,
    .run = run,
};

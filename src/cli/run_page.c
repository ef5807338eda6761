/* SPDX-License-Identifier: MIT */
#include "cli/run_page.h"

#include "cli/interrupt.h"
#include "cli/page_advance.h"
#include "cli/page_news.h"
#include "cli/page_session.h"
#include "cli/seconds.h"

static enum cli_exit fail(struct page_session *session, const char *what)
{
    json_writer_flush(&session->writer);
    return cli_fail(session->cli, what);
}

/* After each step the page goes where it was sent, and the user may have lost patience. */
static enum cli_exit settle(struct page_session *session)
{
    bool is_interrupted;

    if (XBITS_FAILED(page_advance(session, 0, &is_interrupted)))
        return fail(session, "cannot go on as the Player");
    return is_interrupted ? CLI_INTERRUPTED : CLI_DONE;
}

static xbits_result need_page(const struct page_session *session, struct page **page_out)
{
    *page_out = browser_page(session->browser);
    if (*page_out == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the page was left");
    return XBITS_S_OK;
}

static xbits_result fire(struct page_session *session, const struct option_step *step)
{
    struct page *page;

    TRY(need_page(session, &page));
    return page_fire(page, step->words[0], step->words[1]);
}

static xbits_result evaluate(struct page_session *session, const struct option_step *step)
{
    const char *value;
    struct page *page;

    TRY(need_page(session, &page));
    TRY(page_eval(page, step->words[0], &value));
    page_news_value(session, step->words[0], value);
    return XBITS_S_OK;
}

/* Time may pass for long: what is to be kept is kept before. */
static xbits_result advance(struct page_session *session, const struct option_step *step)
{
    bool is_interrupted = false;
    uint64_t ms = 0;

    TRY(seconds_parse(step->words[0], &ms));
    TRY(cookie_jar_save(session->cookies));
    TRY(page_advance(session, ms, &is_interrupted));
    return is_interrupted ? XBITS_S_FALSE : XBITS_S_OK;
}

static xbits_result recolour(struct page_session *session, const struct option_step *step)
{
    return xbits_shell_set_color(session->shell, step->words[0]);
}

static xbits_result leave(struct page_session *session, const struct option_step *step)
{
    (void)step;
    return browser_leave(session->browser);
}

/* XBITS_S_FALSE: the user has interrupted it. */
static const struct {
    xbits_result (*perform)(struct page_session *session, const struct option_step *step);
    const char *failure;
} steps[] = {
    [PAGE_STEP_FIRE] = { fire, "cannot cause the event" },
    [PAGE_STEP_ADVANCE] = { advance, "cannot let time pass" },
    [PAGE_STEP_COLOR] = { recolour, "cannot recolour the Player" },
    [PAGE_STEP_EVALUATE] = { evaluate, "cannot evaluate the expression" },
    [PAGE_STEP_UNLOAD] = { leave, "cannot leave the page" },
};

static enum cli_exit perform(struct page_session *session, const struct option_step *step)
{
    xbits_result result = steps[step->step].perform(session, step);

    if (XBITS_FAILED(result))
        return fail(session, steps[step->step].failure);
    return result == XBITS_S_FALSE ? CLI_INTERRUPTED : settle(session);
}

static enum cli_exit perform_all(struct page_session *session)
{
    const struct option_steps *wanted = session->wanted->steps;
    enum cli_exit status = settle(session);

    for (size_t i = 0; i < wanted->count && status == CLI_DONE; i++)
        status = perform(session, &wanted->items[i]);
    if (XBITS_FAILED(cookie_jar_save(session->cookies)) && status == CLI_DONE)
        status = fail(session, "cannot keep the cookies");
    return status == CLI_DONE && session->error_count > 0 ? CLI_FAILED : status;
}

static void wake(void *user)
{
    (void)xbits_manager_wake(user);
}

static enum cli_exit follow(struct page_session *session)
{
    enum cli_exit status;

    if (XBITS_FAILED(page_session_open(session)))
        return fail(session, "cannot run the Player");
    interrupt_wakes(wake, session->manager); /* A page may take its time to load, too. */
    if (XBITS_SUCCEEDED(browser_show(session->browser, session->wanted->url)))
        status = perform_all(session);
    else
        status = session->is_interrupted ? CLI_INTERRUPTED : fail(session, "cannot open the page");
    interrupt_wakes(NULL, NULL);
    page_news_summarise(session, status);
    return status;
}

enum cli_exit run_page(struct cli *cli, const struct run_page *wanted)
{
    struct page_session session = { .cli = cli, .wanted = wanted };
    enum cli_exit status;

    interrupt_watch();
    status = follow(&session);
    page_session_close(&session);
    return status;
}

/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include <stdlib.h>
#include <string.h>

#define DELAY_MAXIMUM_MS 2147483647.0

static void dispose_work(struct page *page, struct timer_work *work)
{
    if (work->source == NULL)
        js_function_drop(page->engine, work->function);
    free(work->source);
}

static uint32_t delay_of(const struct member_use *use)
{
    double delay = passed_number(use, 1, 0);

    if (delay < TIMER_MINIMUM_MS)
        return TIMER_MINIMUM_MS;
    return delay > DELAY_MAXIMUM_MS ? (uint32_t)DELAY_MAXIMUM_MS : (uint32_t)delay;
}

/* The third argument names the language. */
xbits_result page_set_timer(struct page *page, struct js_use *use, bool repeats)
{
    struct member_use member = { .page = page, .use = use };
    struct timer timer = { .due_ms = page_now_ms(page) };
    uint32_t delay = delay_of(&member);
    xbits_result result;
    unsigned id;

    if (use->argument_count == 0)
        return xbits_fail(XBITS_DISP_E_BADPARAMCOUNT, "a timer needs a function");
    timer.due_ms += delay;
    timer.interval_ms = repeats ? delay : 0;
    if (use->arguments[0].kind == JS_FUNCTION) {
        timer.work.function = use->arguments[0].as.function;
        js_function_keep(page->engine, timer.work.function);
    } else {
        TRY(text_copy(passed_text(&member, 0), &timer.work.source));
    }
    result = timers_add(&page->timers, &timer, &id);
    if (XBITS_FAILED(result)) {
        dispose_work(page, &timer.work);
        return result;
    }
    use->result = js_number(id);
    return XBITS_S_OK;
}

void page_clear_timer(struct page *page, unsigned id)
{
    struct timer_work work;

    if (timers_clear(&page->timers, id, &work))
        dispose_work(page, &work);
}

static void run_text(struct page *page, const char *text)
{
    const struct js_source source = { .name = "timer", .text = text, .length = strlen(text) };

    (void)page_run(page, &source);
}

static void run_timer(struct page *page, struct timer *timer)
{
    const struct js_value self = js_object(&page_window_class, DOM_NONE);
    bool is_over = timer->interval_ms == 0;

    if (timer->work.source != NULL)
        run_text(page, timer->work.source);
    else
        (void)page_call(page, timer->work.function, &self, NULL, 0);
    if (is_over)
        dispose_work(page, &timer->work);
}

static xbits_result run_due(struct page *page, uint64_t now_ms)
{
    unsigned last_id = page->timers.last_id; /* One that is made now waits for the next step. */
    struct timer timer;

    while (!page->is_unloaded && timers_take_due(&page->timers, now_ms, last_id, &timer)) {
        run_timer(page, &timer);
        TRY(page_check_running(page));
    }
    return XBITS_S_OK;
}

xbits_result page_step(struct page *page, uint64_t now_ms, uint64_t *next_due_ms_out)
{
    xbits_result result;

    TRY(page_check_running(page));
    page_begin_stretch(page);
    result = run_due(page, now_ms);
    page_end_stretch(page);
    TRY(result);
    *next_due_ms_out = page->is_unloaded ? UINT64_MAX : timers_next_due(&page->timers);
    return XBITS_S_OK;
}

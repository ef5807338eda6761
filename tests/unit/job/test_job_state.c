/* SPDX-License-Identifier: MIT */
#include "job/job_state.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#define REFUSED XBITS_STATE_COUNT

/* What the four requests lead to, written by hand: columns as the states are numbered. */
static const struct golden {
    enum job_trigger trigger;
    unsigned types;
    int after[XBITS_STATE_COUNT];
} golden[] = {
    { TRIGGER_RESUME,
      TYPES_ANY,
      { XBITS_STATE_QUEUED, XBITS_STATE_CONNECTING, XBITS_STATE_TRANSFERRING, XBITS_STATE_QUEUED,
        XBITS_STATE_QUEUED, XBITS_STATE_QUEUED, XBITS_STATE_QUEUED, REFUSED, REFUSED } },
    { TRIGGER_SUSPEND,
      TYPES_ANY,
      { XBITS_STATE_SUSPENDED, XBITS_STATE_SUSPENDED, XBITS_STATE_SUSPENDED, XBITS_STATE_SUSPENDED,
        XBITS_STATE_SUSPENDED, XBITS_STATE_SUSPENDED, XBITS_STATE_SUSPENDED, REFUSED, REFUSED } },
    { TRIGGER_COMPLETE,
      TYPES_DOWNLOADS,
      { XBITS_STATE_ACKNOWLEDGED, XBITS_STATE_ACKNOWLEDGED, XBITS_STATE_ACKNOWLEDGED,
        XBITS_STATE_ACKNOWLEDGED, XBITS_STATE_ACKNOWLEDGED, XBITS_STATE_ACKNOWLEDGED,
        XBITS_STATE_ACKNOWLEDGED, REFUSED, REFUSED } },
    { TRIGGER_COMPLETE,
      TYPES_UPLOADS,
      { REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, XBITS_STATE_ACKNOWLEDGED, REFUSED,
        REFUSED } },
    { TRIGGER_CANCEL,
      TYPES_ANY,
      { XBITS_STATE_CANCELLED, XBITS_STATE_CANCELLED, XBITS_STATE_CANCELLED, XBITS_STATE_CANCELLED,
        XBITS_STATE_CANCELLED, XBITS_STATE_CANCELLED, XBITS_STATE_CANCELLED, REFUSED, REFUSED } },
};

static int after(int state, int type, enum job_trigger trigger)
{
    enum xbits_job_state next;

    if (!job_state_after((enum xbits_job_state)state, (enum xbits_job_type)type, trigger, &next))
        return REFUSED;
    return (int)next;
}

static void check_row(const struct golden *row, int type)
{
    if ((row->types >> type & 1u) == 0)
        return;
    for (int from = 0; from < XBITS_STATE_COUNT; from++)
        assert_int_equal(after(from, type, row->trigger), row->after[from]);
}

static void a_request_leads_where_the_reference_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) {
        for (int type = 0; type < XBITS_TYPE_COUNT; type++)
            check_row(&golden[i], type);
    }
}

static int count_matches(int state, int type, int trigger)
{
    const struct job_move *move;
    int count = 0;

    for (size_t i = 0; (move = job_move_at(i)) != NULL; i++) {
        if ((int)move->trigger == trigger && (move->from_set >> state & 1u) != 0 &&
            (move->type_set >> type & 1u) != 0)
            count++;
    }
    return count;
}

static void at_most_one_row_matches_a_state_type_and_trigger(void **state)
{
    (void)state;
    for (int from = 0; from < XBITS_STATE_COUNT; from++) {
        for (int type = 0; type < XBITS_TYPE_COUNT; type++) {
            for (int trigger = 0; trigger < JOB_TRIGGER_COUNT; trigger++) {
                const int matches = count_matches(from, type, trigger);

                assert_in_range(matches, 0, 1);
                assert_int_equal(matches == 0,
                                 after(from, type, (enum job_trigger)trigger) == REFUSED);
            }
        }
    }
}

static void a_final_state_has_no_way_out(void **state)
{
    const struct job_move *move;

    (void)state;
    for (size_t i = 0; (move = job_move_at(i)) != NULL; i++)
        assert_int_equal(move->from_set & XBITS_STATES_FINAL, 0);
}

static void every_row_names_its_source_and_every_trigger_has_a_row(void **state)
{
    const struct job_move *move;
    unsigned triggers = 0;

    (void)state;
    for (size_t i = 0; (move = job_move_at(i)) != NULL; i++) {
        assert_true(move->source[0] != '\0');
        triggers |= 1u << move->trigger;
    }

    assert_int_equal(triggers, (1u << JOB_TRIGGER_COUNT) - 1);
}

static void a_refused_move_leaves_the_out_untouched(void **state)
{
    enum xbits_job_state next = XBITS_STATE_SUSPENDED;

    (void)state;
    assert_false(
        job_state_after(XBITS_STATE_CANCELLED, XBITS_TYPE_DOWNLOAD, TRIGGER_RESUME, &next));
    assert_int_equal(next, XBITS_STATE_SUSPENDED);
}

static void the_engine_moves_a_job_as_the_reference_says(void **state)
{
    static const struct {
        int from;
        enum job_trigger trigger;
        int to;
    } rows[] = {
        { XBITS_STATE_QUEUED, TRIGGER_TURN_CAME, XBITS_STATE_CONNECTING },
        { XBITS_STATE_CONNECTING, TRIGGER_CONNECTED, XBITS_STATE_TRANSFERRING },
        { XBITS_STATE_TRANSFERRING, TRIGGER_CONNECTED, REFUSED },
        { XBITS_STATE_TRANSFERRING, TRIGGER_TURN_ENDED, XBITS_STATE_QUEUED },
        { XBITS_STATE_QUEUED, TRIGGER_TURN_ENDED, REFUSED },
        { XBITS_STATE_QUEUED, TRIGGER_ALL_TRANSFERRED, XBITS_STATE_TRANSFERRED },
        { XBITS_STATE_SUSPENDED, TRIGGER_ALL_TRANSFERRED, REFUSED },
        { XBITS_STATE_QUEUED, TRIGGER_TRANSIENT_FAILURE, XBITS_STATE_TRANSIENT_ERROR },
        { XBITS_STATE_ERROR, TRIGGER_TRANSIENT_FAILURE, REFUSED },
        { XBITS_STATE_TRANSIENT_ERROR, TRIGGER_RETRY_DUE, XBITS_STATE_QUEUED },
        { XBITS_STATE_ERROR, TRIGGER_RETRY_DUE, REFUSED },
        { XBITS_STATE_TRANSIENT_ERROR, TRIGGER_FATAL_FAILURE, XBITS_STATE_ERROR },
        { XBITS_STATE_SUSPENDED, TRIGGER_FATAL_FAILURE, REFUSED },
        { XBITS_STATE_TRANSFERRED, TRIGGER_CONTENT_REFUSED, XBITS_STATE_ERROR },
        { XBITS_STATE_TRANSFERRED, TRIGGER_RENAME_FAILED, REFUSED },
        { XBITS_STATE_TRANSFERRING, TRIGGER_RENAME_FAILED, XBITS_STATE_SUSPENDED },
        { XBITS_STATE_SUSPENDED, TRIGGER_RENAME_FAILED_WHOLE, XBITS_STATE_TRANSFERRED },
        { XBITS_STATE_TRANSFERRED, TRIGGER_RENAME_FAILED_WHOLE, XBITS_STATE_TRANSFERRED },
        { XBITS_STATE_TRANSFERRING, TRIGGER_RANGES_FILLED, XBITS_STATE_SUSPENDED },
        { XBITS_STATE_SUSPENDED, TRIGGER_INACTIVE, XBITS_STATE_CANCELLED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(after(rows[i].from, XBITS_TYPE_DOWNLOAD, rows[i].trigger), rows[i].to);
}

static void what_is_for_downloads_never_moves_an_upload(void **state)
{
    (void)state;
    for (int from = 0; from < XBITS_STATE_COUNT; from++) {
        assert_int_equal(after(from, XBITS_TYPE_UPLOAD, TRIGGER_CONTENT_REFUSED), REFUSED);
        assert_int_equal(after(from, XBITS_TYPE_UPLOAD, TRIGGER_RANGES_FILLED), REFUSED);
        assert_int_equal(after(from, XBITS_TYPE_UPLOAD_REPLY, TRIGGER_RENAME_FAILED), REFUSED);
    }
}

static void every_state_is_reachable_from_an_open_one_and_only_itself_from_a_final_one(void **state)
{
    (void)state;
    for (int from = 0; from < XBITS_STATE_COUNT; from++) {
        for (int to = 0; to < XBITS_STATE_COUNT; to++) {
            const bool is_open = (XBITS_STATES_OPEN >> from & 1u) != 0;

            assert_int_equal(job_state_is_reachable((enum xbits_job_state)from,
                                                    (enum xbits_job_state)to, XBITS_TYPE_DOWNLOAD),
                             is_open || from == to);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_leads_where_the_reference_says),
        cmocka_unit_test(at_most_one_row_matches_a_state_type_and_trigger),
        cmocka_unit_test(a_final_state_has_no_way_out),
        cmocka_unit_test(every_row_names_its_source_and_every_trigger_has_a_row),
        cmocka_unit_test(a_refused_move_leaves_the_out_untouched),
        cmocka_unit_test(the_engine_moves_a_job_as_the_reference_says),
        cmocka_unit_test(what_is_for_downloads_never_moves_an_upload),
        cmocka_unit_test(
            every_state_is_reachable_from_an_open_one_and_only_itself_from_a_final_one),
    };

    return run_tests("job_state", tests);
}

/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "xbits/file.h"

/* What a judgement comes to. An empty reason adopts. */
struct judgement {
    struct xbits_wmp_description description;
    struct xbits_job *job;
    struct text reason;
    char *source_url;
    bool is_silent; /* It is not of the convention, or not yet: nobody needs to hear of it. */
};

static void judgement_dispose(struct judgement *judgement)
{
    xbits_wmp_description_dispose(&judgement->description);
    xbits_job_close(judgement->job);
    text_dispose(&judgement->reason);
    free(judgement->source_url);
}

bool player_is_meant(const char *description)
{
    static const char *const words[] = { "WMP_JOB", "WMP_STATUS" };

    for (const char *c = strpbrk(description, "Ww"); c != NULL; c = strpbrk(c + 1, "Ww")) {
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            if (text_starts_with_ignoring_case(c, words[i]))
                return true;
        }
    }
    return false;
}

static xbits_result judge_text(struct xbits_player *player, const char *text,
                               struct judgement *judgement)
{
    xbits_result result;

    XBITS_INIT(&judgement->description);
    result = xbits_wmp_description_parse(text, player->mode, &judgement->description, NULL);
    if (result == XBITS_E_OUTOFMEMORY || XBITS_SUCCEEDED(result))
        return result;
    judgement->is_silent = !player_is_meant(text);
    return text_add(&judgement->reason, xbits_last_error()->message);
}

/* In strict mode a store is known by its exact key. */
static xbits_result judge_provider(struct xbits_player *player, struct judgement *judgement)
{
    const char *provider = judgement->description.provider;
    const char *near;

    if (store_list_has(&player->stores, provider))
        return XBITS_S_OK;
    near = store_list_near(&player->stores, provider);
    if (near != NULL && player->mode == XBITS_WMP_LENIENT)
        return XBITS_S_OK;
    if (near != NULL)
        return text_format(&judgement->reason,
                           "no store has the key \"%s\"; \"%s\" is written in another case",
                           provider, near);
    return text_format(&judgement->reason, "no store with the key \"%s\" is installed", provider);
}

static xbits_result judge_kind(const struct xbits_job_snapshot *snapshot,
                               struct judgement *judgement)
{
    if (snapshot->type != XBITS_TYPE_DOWNLOAD)
        return text_add(&judgement->reason, "it is no download");
    /* Its producer is still at work. */
    judgement->is_silent = snapshot->progress.files_total == 0;
    if (snapshot->progress.files_total != 1)
        return text_format(&judgement->reason, "it has %u files, and the convention is for one",
                           (unsigned)snapshot->progress.files_total);
    return XBITS_S_OK;
}

static xbits_result judge_file(struct xbits_player *player,
                               const struct xbits_job_snapshot *snapshot,
                               struct judgement *judgement)
{
    struct xbits_file_snapshot file;
    xbits_result result = xbits_job_open(player->manager, &snapshot->id, &judgement->job);

    /* Its owner can have made it elevated, to be opened by the elevated alone. */
    if (result == XBITS_E_ACCESSDENIED)
        return text_add(&judgement->reason, xbits_last_error()->message);
    TRY(result);
    XBITS_INIT(&file);
    TRY(xbits_job_read_file(judgement->job, 0, &file));
    if (!xbits_wmp_is_media_name(file.local_name))
        return text_format(&judgement->reason,
                           "its file %s does not end in .wma, .wmv, .mp3 or .asf", file.local_name);
    return text_copy(file.remote_name, &judgement->source_url);
}

static xbits_result judge(struct xbits_player *player, const struct xbits_job_snapshot *snapshot,
                          struct judgement *judgement)
{
    TRY(judge_text(player, snapshot->description, judgement));
    if (judgement->reason.length == 0)
        TRY(judge_provider(player, judgement));
    if (judgement->reason.length == 0)
        TRY(judge_kind(snapshot, judgement));
    return XBITS_S_OK;
}

/* Whether it is still what was judged is known by its generation, which is written down last. */
static xbits_result begin_note(const struct xbits_job_snapshot *snapshot, struct watched *watched)
{
    watched->generation = 0;
    return text_replace(&watched->text, snapshot->description);
}

static void end_note(const struct xbits_player *player, const struct xbits_job_snapshot *snapshot,
                     struct watched *watched)
{
    watched->file_count = snapshot->progress.files_total;
    watched->generation = player->generation;
}

/* Takes over what the judgement holds. */
static xbits_result adopt(struct xbits_player *player, const struct xbits_job_snapshot *snapshot,
                          struct judgement *judgement, struct watched *watched)
{
    const char *title = judgement->description.title;

    TRY(text_replace(&watched->title, title[0] != '\0' ? title : snapshot->display_name));
    TRY(text_replace(&watched->adopted_text, snapshot->description));
    watched->is_inherited = player_session_has_inherited(player, &watched->id);
    player_session_remember(player, &watched->id);
    watched->verdict = WATCH_ADOPTED;
    xbits_wmp_description_dispose(&watched->description);
    watched->description = judgement->description;
    watched->job = judgement->job;
    free(watched->source_url);
    watched->source_url = judgement->source_url;
    watched->creation = snapshot->times.creation;
    *judgement = (struct judgement){ .reason = judgement->reason };
    free(watched->reason);
    watched->reason = NULL;
    player_tell(player, XBITS_NEWS_ADOPTED, watched, "");
    return XBITS_S_OK;
}

/* The same reason is told once. */
static xbits_result ignore(struct xbits_player *player, const struct judgement *judgement,
                           struct watched *watched)
{
    bool is_news =
        watched->reason == NULL || strcmp(watched->reason, text_c(&judgement->reason)) != 0;

    watched->verdict = WATCH_IGNORED;
    TRY(text_replace(&watched->reason, text_c(&judgement->reason)));
    if (is_news && !judgement->is_silent)
        player_tell(player, XBITS_NEWS_IGNORED, watched, watched->reason);
    return XBITS_S_OK;
}

xbits_result player_judge(struct xbits_player *player, const struct xbits_job_snapshot *snapshot,
                          struct watched *watched)
{
    struct judgement judgement = { 0 };
    xbits_result result = judge(player, snapshot, &judgement);

    if (XBITS_SUCCEEDED(result) && judgement.reason.length == 0)
        result = judge_file(player, snapshot, &judgement);
    if (XBITS_SUCCEEDED(result))
        result = begin_note(snapshot, watched);
    if (XBITS_SUCCEEDED(result))
        result = judgement.reason.length == 0 ? adopt(player, snapshot, &judgement, watched)
                                              : ignore(player, &judgement, watched);
    if (XBITS_SUCCEEDED(result))
        end_note(player, snapshot, watched);
    judgement_dispose(&judgement);
    return result;
}

xbits_result player_release(struct xbits_player *player, struct watched *watched,
                            const char *reason)
{
    TRY(text_replace(&watched->reason, reason));
    player_session_forget(player, &watched->id);
    player_tell(player, XBITS_NEWS_RELEASED, watched, watched->reason);
    watched->verdict = WATCH_IGNORED;
    xbits_job_close(watched->job);
    watched->job = NULL;
    return XBITS_S_OK;
}

xbits_result player_judge_again(struct xbits_player *player,
                                const struct xbits_job_snapshot *snapshot, struct watched *watched)
{
    struct judgement judgement = { 0 };
    xbits_result result = judge(player, snapshot, &judgement);
    bool is_given_back = judgement.reason.length == 0 &&
                         judgement.description.kind == XBITS_WMP_STATUS &&
                         watched->description.kind == XBITS_WMP_JOB;

    if (XBITS_SUCCEEDED(result) && is_given_back)
        result =
            text_add(&judgement.reason, "it is a WMP_STATUS now, which its producer completes");
    if (XBITS_SUCCEEDED(result))
        result = begin_note(snapshot, watched);
    /* What was read when it was adopted stays, whatever the new text says; but a job that its
     * producer takes back to complete it himself is only shown from then on. */
    if (XBITS_SUCCEEDED(result) && judgement.reason.length > 0)
        result = player_release(player, watched, text_c(&judgement.reason));
    if (XBITS_SUCCEEDED(result) && !is_given_back)
        end_note(player, snapshot, watched);
    judgement_dispose(&judgement);
    if (XBITS_SUCCEEDED(result) && is_given_back)
        return player_judge(player, snapshot, watched);
    return result;
}

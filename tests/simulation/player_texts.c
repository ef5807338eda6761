/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *const trade_info[TRADE_INFO] = { "AlbumArtist", "Album",      "WM/TrackNumber", "Title",
                                             "Duration",    "UserRating", "WM/Provider" };
enum { INFO_ARTIST, INFO_ALBUM, INFO_TRACK, INFO_TITLE, INFO_DURATION, INFO_RATING, INFO_PROVIDER };

const char *const trade_stores[TRADE_STORES] = { "HarborTunes", "QuayMusic", "Pier" };

#define FIFTY  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define LONG_X FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY

/* Artist, album, track and title; the second four as they are read again, NULL: the same. */
static const struct {
    const char *given[4];
    const char *told[4];
} songs[] = {
    { { "Artist", "Album", "1", "Song" }, { NULL } },
    { { "Artist", "Album", "1", "Song" }, { NULL } },
    { { "artist", "ALBUM", "1", "song" }, { NULL } },
    { { "Artist", "Album", "2", "Other song" }, { NULL } },
    { { "", "", "", "" }, { NULL } },
    { { "..", "..", "1", "../../../files/s1" }, { NULL } },
    { { "/", "/music/library.db", "0", "/state/queue" }, { NULL } },
    { { "\\\\server\\share", "CON", "2", "NUL.mp3" }, { NULL } },
    { { "library.db", "library.db-wal", "", "library.db" }, { NULL } },
    { { ".xbits-a", ".xbits-{b}", "00001", ".xbits-{c}" }, { NULL } },
    { { "Artist.", " Album ", "99999", "Song... " }, { NULL } },
    { { "Artist (2)", "Album", "1", "Song (2)" }, { NULL } },
    { { "A: B", "C:", "3", "D:E" }, { "A - B", "C -", "3", "D-E" } },
    { { LONG_X, "Album", "1", LONG_X }, { NULL } },
    { { "\xC3\x9C\xE2\x80\xAE", "\xE6\x97\xA5\xE6\x9C\xAC", "7", "\xE6\x9B\xB2" }, { NULL } },
};
#define SONG_COUNT (sizeof songs / sizeof songs[0])

/* What is wrong with a text. */
enum damage {
    DAMAGE_KIND,
    DAMAGE_BLANK,
    DAMAGE_VERSION,
    DAMAGE_SHORT,
    DAMAGE_LONG,
    DAMAGE_ID,
    DAMAGE_PROVIDER,
    DAMAGE_TRACK,
    DAMAGE_COLON,
    DAMAGE_OTHER,
    DAMAGE_EMPTY
};
#define DAMAGE_COUNT 11

static const char *const damaged[DAMAGE_COUNT] = {
    [DAMAGE_KIND] = "::wmp_job:1:7:HarborTunes:Artist:Album:1:Song:200:50",
    [DAMAGE_BLANK] = " ::WMP_JOB:1:7:HarborTunes:Artist:Album:1:Song:200:50",
    [DAMAGE_VERSION] = "::WMP_JOB:2:7:HarborTunes:Artist:Album:1:Song:200:50",
    [DAMAGE_SHORT] = "::WMP_JOB:1:7:HarborTunes:Artist:Album:1:Song:200",
    [DAMAGE_LONG] = "::WMP_JOB:1:7:HarborTunes:Artist:Album:1:Song:200:50:x",
    [DAMAGE_ID] = "::WMP_JOB:1:0:HarborTunes:Artist:Album:1:Song:200:50",
    [DAMAGE_PROVIDER] = "::WMP_JOB:1:7::Artist:Album:1:Song:200:50",
    [DAMAGE_TRACK] = "::WMP_JOB:1:7:HarborTunes:Artist:Album:x1:Song:200:50",
    [DAMAGE_COLON] = "::WMP_JOB:1:7:HarborTunes:Artist:Album:1:So:ng:200:50",
    [DAMAGE_OTHER] = "a download of mine",
    [DAMAGE_EMPTY] = "",
};

static void damage(struct trade *trade, struct trade_text *text)
{
    static const char *const info[TRADE_INFO] = { "Artist", "Album", "1",          "So:ng",
                                                  "200",    "50",    "HarborTunes" };
    uint32_t choice = pick(&trade->core, DAMAGE_COUNT);

    text->form = choice == DAMAGE_COLON ? FORM_LENIENT : FORM_BAD;
    text->service_id = 7;
    text->provider = "HarborTunes";
    memcpy(text->info, info, sizeof text->info);
    snprintf(text->text, sizeof text->text, "%s", damaged[choice]);
}

static const char *choose_provider(struct trade *trade, bool is_good)
{
    static const char *const others[] = { "harbortunes", "NoStore", "HarborTunes ", "Pier2" };

    if (!is_good && pick(&trade->core, 2) == 0)
        return others[pick(&trade->core, 4)];
    return trade_stores[is_good ? pick(&trade->core, 2) : pick(&trade->core, TRADE_STORES)];
}

static void choose(struct trade *trade, struct trade_text *text, bool is_good)
{
    static const char *const durations[] = { "", "0", "200", "86400" };
    static const char *const ratings[] = { "", "0", "1", "99" };
    size_t song = pick(&trade->core, SONG_COUNT);

    text->form = FORM_EXACT;
    text->kind = pick(&trade->core, 5) == 0 ? XBITS_WMP_STATUS : XBITS_WMP_JOB;
    text->service_id = (int32_t)(1 + pick(&trade->core, 3));
    text->provider = choose_provider(trade, is_good);
    memcpy(text->info, songs[song].given, sizeof songs[song].given);
    text->info[INFO_DURATION] = durations[pick(&trade->core, 4)];
    text->info[INFO_RATING] = ratings[pick(&trade->core, 4)];
    text->info[INFO_PROVIDER] = text->provider;
}

static void tell_as_read(struct trade_text *text)
{
    for (size_t i = 0; i < SONG_COUNT; i++) {
        if (songs[i].told[0] != NULL && text->info[INFO_ARTIST] == songs[i].given[0])
            memcpy(text->info, songs[i].told, sizeof songs[i].told);
    }
}

void trade_describe(const struct trade_text *text, struct xbits_wmp_description *description)
{
    XBITS_INIT(description);
    description->kind = text->kind;
    description->service_id = text->service_id;
    description->provider = text->provider;
    description->album_artist = text->info[INFO_ARTIST];
    description->album_title = text->info[INFO_ALBUM];
    description->track_number = text->info[INFO_TRACK];
    description->title = text->info[INFO_TITLE];
    description->duration = text->info[INFO_DURATION];
    description->rating = text->info[INFO_RATING];
}

struct trade_text *trade_new_text(struct trade *trade, struct trade_job *job, bool is_good)
{
    struct xbits_wmp_description description;
    struct trade_text *text;

    if (job->text_count == TRADE_TEXTS)
        return NULL;
    text = &job->texts[job->text_count++];
    if (!is_good && pick(&trade->core, 2) == 0) {
        damage(trade, text);
        return text;
    }
    choose(trade, text, is_good);
    trade_describe(text, &description);
    claim(&trade->core, xbits_wmp_description_format(&description, text->text, NULL) == XBITS_S_OK,
          "no text: %s", xbits_last_error()->message);
    tell_as_read(text);
    return text;
}

static bool is_installed(const struct trade *trade, const char *provider)
{
    for (size_t i = 0; i < TRADE_STORES; i++) {
        if (trade->is_installed[i] && (strcmp(provider, trade_stores[i]) == 0 ||
                                       (trade->mode == XBITS_WMP_LENIENT &&
                                        text_equal_ignoring_case(provider, trade_stores[i]))))
            return true;
    }
    return false;
}

bool trade_fits(const struct trade *trade, const struct trade_job *job)
{
    const struct trade_text *text = job->text;

    if (!job->is_present || text == NULL || text->form == FORM_BAD || !job->is_media ||
        job->files_total != 1)
        return false;
    return (text->form == FORM_EXACT || trade->mode == XBITS_WMP_LENIENT) &&
           is_installed(trade, text->provider);
}

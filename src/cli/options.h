/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

/* What an option writes at its offset into the values. */
enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char *, borrowed from argv */
    OPTION_NUMBER, /* uint64_t */
    OPTION_SIZE,   /* uint64_t; K, M and G multiply by powers of 1,024 */
    OPTION_LIST,   /* struct option_list; may be given again and again */
    OPTION_STEP    /* struct option_steps, which several options share in the order given */
};

/* How many words a step has at most. */
#define OPTION_STEP_WORDS 2

struct option {
    const char *name; /* Without its dashes. */
    char letter;      /* "-q"; 0: none. */
    enum option_kind kind;
    const char *value_name; /* "FILE"; NULL for a flag. */
    const char *summary;    /* One line. */
    size_t offset;
    uint64_t minimum; /* Of a number or size. */
    uint64_t maximum;
    int step;            /* Of a step: which one, by the verb's own numbers. */
    unsigned word_count; /* Of a step: 0 to OPTION_STEP_WORDS. */
    bool is_hidden;      /* Not in help. */
};

struct option_list {
    const char **items;
    size_t count;
};

/* One thing that is to be done: which, and the words behind its option, borrowed from argv. */
struct option_step {
    int step;
    const char *words[OPTION_STEP_WORDS];
};

struct option_steps {
    struct option_step *items;
    size_t count;
};

/* Options and where they write. */
struct option_set {
    const struct option *options;
    size_t count;
    void *values;
};

/* The words of a command line that are still to be read. */
struct option_words {
    char **words;
    size_t count;
    size_t next;
};

/*
 * True for "-x", "--name" and "--name=value"; not for "-" and not for a negative number, which are
 * operands.
 */
bool options_is_option(const char *word);

/*
 * Takes the option at the head of words, and its value, by the first set that knows it. A later
 * value of the same option replaces the earlier one. Results: XBITS_S_OK; XBITS_E_INVALIDARG
 * (unknown, value missing, superfluous or not allowed); XBITS_E_OUTOFMEMORY.
 */
xbits_result options_take(const struct option_set *sets, size_t set_count,
                          struct option_words *words);

/* Refuses a verb without an option that it cannot do without: value NULL. option is "--title T".
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG. */
xbits_result options_need(const char *verb, const char *option, const char *value);

/* Frees the lists and steps among the values. */
void options_dispose(const struct option_set *set);

#endif

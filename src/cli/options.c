/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include "base/url_text.h"

#include <stdlib.h>
#include <string.h>

/* An option as it was written. */
struct written {
    const char *word;
    const char *name;
    size_t name_length;
    const char *value; /* Behind "=", or NULL. */
    bool is_letter;
};

/* What of an option can be wrong with its value. */
typedef xbits_result take_value(const struct option *option, void *target, const char *value);

bool options_is_option(const char *word)
{
    if (word[0] != '-' || word[1] == '\0')
        return false;
    return word[1] < '0' || word[1] > '9';
}

static struct written read_word(const char *word)
{
    struct written written = { .word = word, .is_letter = word[1] != '-' };
    const char *equals;

    written.name = word + (written.is_letter ? 1 : 2);
    equals = strchr(written.name, '=');
    written.name_length = equals ? (size_t)(equals - written.name) : strlen(written.name);
    written.value = equals ? equals + 1 : NULL;
    return written;
}

static bool is_named(const struct option *option, const struct written *written)
{
    if (written->is_letter)
        return written->name_length == 1 && option->letter == written->name[0];
    return strlen(option->name) == written->name_length &&
           memcmp(option->name, written->name, written->name_length) == 0;
}

static const struct option *find(const struct option_set *set, const struct written *written)
{
    for (size_t i = 0; i < set->count; i++) {
        if (is_named(&set->options[i], written))
            return &set->options[i];
    }
    return NULL;
}

static xbits_result take_flag(const struct option *option, void *target, const char *value)
{
    (void)option;
    (void)value;
    *(bool *)target = true;
    return XBITS_S_OK;
}

static xbits_result check_text(const struct option *option, const char *value)
{
    if (!text_is_utf8(value))
        return xbits_fail(XBITS_E_INVALIDARG, "the value of --%s is not UTF-8", option->name);
    return XBITS_S_OK;
}

static xbits_result take_text(const struct option *option, void *target, const char *value)
{
    TRY(check_text(option, value));
    *(const char **)target = value;
    return XBITS_S_OK;
}

static xbits_result check_range(const struct option *option, const char *value, uint64_t number,
                                uint64_t *target)
{
    if (number < option->minimum || number > option->maximum) {
        return xbits_fail(XBITS_E_INVALIDARG, "--%s is %s, it must be between %llu and %llu",
                          option->name, value, (unsigned long long)option->minimum,
                          (unsigned long long)option->maximum);
    }
    *target = number;
    return XBITS_S_OK;
}

static xbits_result take_number(const struct option *option, void *target, const char *value)
{
    uint64_t number;

    if (!text_parse_u64(value, UINT64_MAX, &number)) {
        return xbits_fail(XBITS_E_INVALIDARG, "--%s takes a whole number, not \"%s\"", option->name,
                          value);
    }
    return check_range(option, value, number, target);
}

static uint64_t size_factor(char suffix)
{
    static const struct {
        char suffix;
        uint64_t factor;
    } factors[] = { { 'K', UINT64_C(1) << 10 },
                    { 'M', UINT64_C(1) << 20 },
                    { 'G', UINT64_C(1) << 30 } };

    for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
        if (factors[i].suffix == suffix)
            return factors[i].factor;
    }
    return 1;
}

static xbits_result take_size(const struct option *option, void *target, const char *value)
{
    char digits[32];
    size_t length = strlen(value);
    uint64_t factor = length > 0 ? size_factor(value[length - 1]) : 1;
    uint64_t number;

    text_copy_into(digits, sizeof digits, value);
    if (factor > 1 && length < sizeof digits)
        digits[length - 1] = '\0';
    if (length >= sizeof digits || !text_parse_u64(digits, UINT64_MAX / factor, &number)) {
        return xbits_fail(XBITS_E_INVALIDARG,
                          "--%s takes a number of bytes such as 500000 or 64M, not \"%s\"",
                          option->name, value);
    }
    return check_range(option, value, number * factor, target);
}

static xbits_result take_item(const struct option *option, void *target, const char *value)
{
    struct option_list *list = target;
    const char **items;

    TRY(check_text(option, value));
    items = realloc(list->items, (list->count + 1) * sizeof *items);
    if (items == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the values of --%s", option->name);
    list->items = items;
    list->items[list->count++] = value;
    return XBITS_S_OK;
}

static take_value *const takers[] = {
    [OPTION_FLAG] = take_flag, [OPTION_TEXT] = take_text, [OPTION_NUMBER] = take_number,
    [OPTION_SIZE] = take_size, [OPTION_LIST] = take_item,
};

static bool has_value(const struct option *option)
{
    return option->kind != OPTION_FLAG && (option->kind != OPTION_STEP || option->word_count > 0);
}

static xbits_result next_word(const struct option *option, struct option_words *words,
                              const char **word_out)
{
    if (words->next == words->count) {
        return xbits_fail(XBITS_E_INVALIDARG, "--%s needs a value: %s", option->name,
                          option->value_name);
    }
    *word_out = words->words[words->next++];
    return XBITS_S_OK;
}

/* The value is behind "=" or is the next word, whatever that looks like. */
static xbits_result find_value(const struct option *option, const struct written *written,
                               struct option_words *words, const char **value_out)
{
    if (!has_value(option)) {
        if (written->value != NULL)
            return xbits_fail(XBITS_E_INVALIDARG, "--%s takes no value", option->name);
        return XBITS_S_OK;
    }
    if (written->value == NULL)
        return next_word(option, words, value_out);
    *value_out = written->value;
    return XBITS_S_OK;
}

/* The words of a step after its first follow it, each a word of the command line. */
static xbits_result take_step(const struct option *option, struct option_steps *steps,
                              const char *first, struct option_words *words)
{
    struct option_step step = { .step = option->step, .words = { first } };
    struct option_step *items;

    for (unsigned i = 0; i < option->word_count; i++) {
        if (i > 0)
            TRY(next_word(option, words, &step.words[i]));
        TRY(check_text(option, step.words[i]));
    }
    items = realloc(steps->items, (steps->count + 1) * sizeof *items);
    if (items == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the steps of --%s", option->name);
    steps->items = items;
    steps->items[steps->count++] = step;
    return XBITS_S_OK;
}

xbits_result options_take(const struct option_set *sets, size_t set_count,
                          struct option_words *words)
{
    struct written written = read_word(words->words[words->next++]);
    const char *value = NULL;

    for (size_t i = 0; i < set_count; i++) {
        const struct option *option = find(&sets[i], &written);
        void *target;

        if (option == NULL)
            continue;
        target = (char *)sets[i].values + option->offset;
        TRY(find_value(option, &written, words, &value));
        if (option->kind == OPTION_STEP)
            return take_step(option, target, value, words);
        return takers[option->kind](option, target, value);
    }
    return xbits_fail(XBITS_E_INVALIDARG, "unknown option %s", url_text(written.word).c);
}

xbits_result options_need(const char *verb, const char *option, const char *value)
{
    if (value == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "%s needs %s", verb, option);
    return XBITS_S_OK;
}

static void dispose_list(struct option_list *list)
{
    free(list->items);
    *list = (struct option_list){ NULL, 0 };
}

static void dispose_steps(struct option_steps *steps)
{
    free(steps->items);
    *steps = (struct option_steps){ NULL, 0 };
}

void options_dispose(const struct option_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        void *target = (char *)set->values + set->options[i].offset;

        if (set->options[i].kind == OPTION_LIST)
            dispose_list(target);
        else if (set->options[i].kind == OPTION_STEP)
            dispose_steps(target);
    }
}

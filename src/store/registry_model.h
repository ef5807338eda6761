/* SPDX-License-Identifier: MIT */
#ifndef STORE_REGISTRY_MODEL_H
#define STORE_REGISTRY_MODEL_H

#include <stdbool.h>

#include "base/config.h"
#include "base/text.h"

/* Where a line was read; line 0: nowhere yet. */
struct registry_entry {
    char *section;
    char *key;
    char *value;
    int line;
};

/*
 * The values of a registry.ini in their order, known or not. Sections and keys are compared byte by
 * byte. When a key stands there twice, the last one counts. A section without values is not told of
 * (base/config.h) and thus is not there. Zeroed storage is an empty model.
 */
struct registry_model {
    struct registry_entry *entries;
    size_t count;
    size_t capacity;
};

void registry_model_dispose(struct registry_model *model);

/* Adds what the bytes say; a NUL stands behind them. name is what messages call the file. Results:
 * as config_read_text. */
xbits_result registry_model_read(struct registry_model *model, const char *name, const char *bytes,
                                 size_t size);

/* NULL: there is none. */
const struct registry_entry *registry_model_find(const struct registry_model *model,
                                                 const char *section, const char *key);
bool registry_model_has_section(const struct registry_model *model, const char *section);

/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result registry_model_set(struct registry_model *model, const char *section, const char *key,
                                const char *value);
/* Removes the key (NULL: every key) of a section. */
void registry_model_remove(struct registry_model *model, const char *section, const char *key);

/* What base/config.h reads as the same model, below a comment that says what the file is. Results:
 * XBITS_S_OK; XBITS_E_UNEXPECTED (a value that no lines can hold); XBITS_E_OUTOFMEMORY. */
xbits_result registry_model_print(const struct registry_model *model, struct text *text);

#endif

/* SPDX-License-Identifier: MIT */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Runs a target over files and over mutations of each, always the same ones: fuzz_x COUNT FILE...
 * A failure names the file and the number of the mutation on standard error.
 */
#define INPUT_MAXIMUM 65536

struct input {
    uint8_t bytes[INPUT_MAXIMUM];
    size_t size;
};

/* xorshift64: the mutations are the same on every machine. */
static uint64_t next_number(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static size_t next_below(uint64_t *state, size_t limit)
{
    return limit == 0 ? 0 : (size_t)(next_number(state) % limit);
}

static void insert(struct input *input, size_t at, uint8_t byte)
{
    if (input->size == INPUT_MAXIMUM)
        return;
    memmove(input->bytes + at + 1, input->bytes + at, input->size - at);
    input->bytes[at] = byte;
    input->size++;
}

static void erase(struct input *input, size_t at, size_t length)
{
    if (length > input->size - at)
        length = input->size - at;
    memmove(input->bytes + at, input->bytes + at + length, input->size - at - length);
    input->size -= length;
}

/* A piece of the input once more, in another place. */
static void repeat(struct input *input, uint64_t *state)
{
    uint8_t piece[64];
    size_t from = next_below(state, input->size);
    size_t length = 1 + next_below(state, sizeof piece);
    size_t at = next_below(state, input->size + 1);

    if (length > input->size - from)
        length = input->size - from;
    if (length > INPUT_MAXIMUM - input->size)
        return;
    memcpy(piece, input->bytes + from, length);
    memmove(input->bytes + at + length, input->bytes + at, input->size - at);
    memcpy(input->bytes + at, piece, length);
    input->size += length;
}

static void mutate(struct input *input, uint64_t *state)
{
    static const char liked[] = "0123456789-/*=:;,.@[]%\\\"\r\n\t #?&";
    size_t at = next_below(state, input->size);
    uint8_t byte = (uint8_t)next_number(state);

    switch (next_below(state, 6)) {
    case 0:
        insert(input, at, byte);
        return;
    case 1:
        insert(input, at, (uint8_t)liked[next_below(state, sizeof liked)]);
        return;
    case 2:
        erase(input, at, 1 + next_below(state, 16));
        return;
    case 3:
        repeat(input, state);
        return;
    }
    if (input->size > 0)
        input->bytes[at] = (uint8_t)(input->bytes[at] ^ 1u << byte % 8);
}

static void run(const struct input *input)
{
    uint8_t *exact = malloc(input->size + 1); /* A sanitizer sees a read past its end. */

    FUZZ_CHECK(exact != NULL);
    memcpy(exact, input->bytes, input->size);
    (void)LLVMFuzzerTestOneInput(exact, input->size);
    free(exact);
}

static void read_seed(const char *path, struct input *input)
{
    FILE *file = fopen(path, "rb");

    FUZZ_CHECK(file != NULL);
    input->size = fread(input->bytes, 1, sizeof input->bytes, file);
    fclose(file);
}

static void run_seed(const char *path, long mutations)
{
    static struct input seed;
    static struct input input;
    uint64_t state = UINT64_C(0x9E3779B97F4A7C15);

    read_seed(path, &seed);
    run(&seed);
    for (long i = 0; i < mutations; i++) {
        if (i % 16 == 0)
            input = seed;
        mutate(&input, &state);
        run(&input);
    }
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fprintf(stderr, "usage: %s MUTATIONS FILE...\n", arguments[0]);
        return 2;
    }
    for (int i = 2; i < count; i++)
        run_seed(arguments[i], strtol(arguments[1], NULL, 10));
    printf("%d seeds, %s mutations each\n", count - 2, arguments[1]);
    return 0;
}

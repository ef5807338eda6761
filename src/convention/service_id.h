/* SPDX-License-Identifier: MIT */
#ifndef CONVENTION_SERVICE_ID_H
#define CONVENTION_SERVICE_ID_H

#include <stdbool.h>
#include <stdint.h>

/* "-2147483648" and its NUL. */
#define SERVICE_ID_SIZE 12

/*
 * Reads a service id as a consumer does: decimal from -2^31 to 2^32 - 1, or 0x and hexadecimal.
 * What a script sees is a signed number of 32 bits, so 4294967295 is -1. False for 0 and all else.
 */
bool service_id_parse(const char *text, int32_t *service_id_out);

/* Decimal, with a sign if need be. */
void service_id_print(int32_t service_id, char text_out[SERVICE_ID_SIZE]);

#endif

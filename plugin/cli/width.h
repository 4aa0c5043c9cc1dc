/* How many columns of a terminal text takes. */
#ifndef BYLINE_CLI_WIDTH_H
#define BYLINE_CLI_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* By Unicode's East Asian widths: marks take none, ideographs and emoji two,
 * also those of several characters. text is UTF-8; a byte that is not takes
 * one column. */
size_t cli_text_width(const char *text, size_t length);

/* The character that begins at *at, which moves behind it; negative for bytes
 * that are no UTF-8. */
int32_t cli_next_character(const char *text, size_t length, size_t *at);

/* Embeddings, overrides and isolates. */
bool cli_turns_direction(int32_t character);

#endif

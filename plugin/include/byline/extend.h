/* For those who add a format: the contract of a reader.
 *
 * A reader turns the bytes of one file into articles, one at a time, in
 * memory that does not grow with the file. It is a constant table of
 * functions; the library calls open, next until it gives no article, close.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BYLINE_EXTEND_H
#define BYLINE_EXTEND_H

#include "byline/byline.h"

#ifdef __cplusplus
extern "C" {
#endif

#define BYLINE_READER_ABI_VERSION 1

/* The file being read. */
typedef struct byline_input byline_input;

/* Reads up to capacity bytes, at least 1; *length is 0 only at the end of the
 * file. The text is UTF-8, whatever the file is in (but a few sequences may be
 * broken), unless the reader takes it raw. Errors: BYLINE_IO. */
BYLINE_API byline_status byline_input_read(byline_input *input, char *buffer,
                                           size_t capacity, size_t *length,
                                           byline_error *error);

/* The path to show to people; lives as long as the input. */
BYLINE_API const char *byline_input_path(const byline_input *input);

/* Tells the user about something at a line (0: the whole file); counts
 * BYLINE_NOTICE_FAILED against the file. */
BYLINE_API void byline_input_notice(byline_input *input,
                                    byline_notice_kind kind, size_t line,
                                    const char *message);

/* Adds to the counters of byline_read_stats. */
BYLINE_API void byline_input_count_invalid(byline_input *input, size_t count);
BYLINE_API void byline_input_count_unclear_date(byline_input *input);

/* The reader decodes by itself: it gets the bytes of the file as they are,
 * though probe sees them decoded. */
#define BYLINE_READER_RAW_BYTES 1u
/* It finds articles in plain text by what the lines look like: where a layout
 * was taught, that is used instead. */
#define BYLINE_READER_PLAIN_TEXT 2u
/* Whether somebody wants to hear what blocks of lines are taken for, and
 * telling it; see byline_explanation. */
BYLINE_API bool byline_input_explains(const byline_input *input);
BYLINE_API void byline_input_explain(byline_input *input, size_t line,
                                     const char *what, int score,
                                     const char *why, byline_string text);

typedef struct byline_reader {
  uint32_t abi_version; /* BYLINE_READER_ABI_VERSION */
  const char *name;     /* for --format; lower-case ASCII */
  const char *summary;  /* one line for people */

  /* How sure it is, 0 to 100, that a file is its own, from the first bytes of
   * it (whole: these are all). The reader with the highest value above 0 gets
   * the file; of equals, the one registered first. */
  int (*probe)(const char *head, size_t length, bool whole, const char *path);

  /* Makes the state that next works on. On failure nothing is left behind. */
  byline_status (*open)(byline_input *input, void **state, byline_error *error);

  /* *article is NULL at the end; else it and its strings live until the next
   * call. source is filled in by the library. A failure ends the file, and
   * what came before it stays. */
  byline_status (*next)(void *state, const byline_article **article,
                        byline_error *error);

  void (*close)(void *state);

  uint32_t flags; /* BYLINE_READER_... */
} byline_reader;

/* reader must live as long as the context. BYLINE_INVALID if its version,
 * name or functions are not right or the name is taken. */
BYLINE_API byline_status byline_reader_register(byline_context *context,
                                                const byline_reader *reader,
                                                byline_error *error);

#ifdef __cplusplus
}
#endif
#endif

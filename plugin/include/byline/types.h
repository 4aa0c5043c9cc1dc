/* Types that the public API, extensions and the Xapian shim share.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BYLINE_TYPES_H
#define BYLINE_TYPES_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define BYLINE_API
#else
#define BYLINE_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a function returns: BYLINE_OK, one of the codes below, or, where the
 * function takes a callback, the callback's own non-zero value unchanged.
 * Callbacks that want to be told apart from the library return negative
 * values: every code of the library is positive. */
typedef int byline_status;

enum {
  BYLINE_OK = 0,
  BYLINE_INVALID,   /* an argument or an input is not acceptable */
  BYLINE_NOT_FOUND, /* no such file, database, document or name */
  BYLINE_IO,        /* reading, writing or the network failed */
  BYLINE_LOCKED,    /* somebody else is writing to the database */
  BYLINE_CORRUPT,   /* the database or a file in it is damaged */
  BYLINE_MODIFIED,  /* the database changed while it was read: reopen, retry */
  BYLINE_TOO_NEW,   /* written by a later version than this one */
  BYLINE_BAD_QUERY, /* the query can't be understood; position may be set */
  BYLINE_NO_MEMORY, /* an allocation failed */
  BYLINE_CALLBACK,  /* an exception came out of a callback */
  BYLINE_UNSUPPORTED, /* this build, backend or file has no such feature */
  BYLINE_INTERNAL     /* a defect; please report it with the message */
};

#define BYLINE_NO_POSITION ((size_t)-1)

/* What went wrong, for a person. The caller owns it (on the stack, usually)
 * and may pass NULL instead; it is always the last parameter. It is written
 * only when a function fails. The message is UTF-8, one line, without a final
 * full stop, and names the file, the line and what to do, where there are. */
typedef struct byline_error {
  byline_status code;
  char message[256];
  size_t position; /* byte in the query or text, or BYLINE_NO_POSITION */
} byline_error;

/* Bytes that belong to somebody else. UTF-8 unless said otherwise; not
 * terminated; data may be NULL when length is 0. */
typedef struct byline_string {
  const char *data;
  size_t length;
} byline_string;

typedef enum byline_token_kind {
  BYLINE_TOKEN_BASE,       /* Xapian's own token */
  BYLINE_TOKEN_NFC,        /* its composed form */
  BYLINE_TOKEN_FOLDED,     /* without accents, case and width folded */
  BYLINE_TOKEN_SPELLED,    /* as its language writes it as well: haeuser */
  BYLINE_TOKEN_STEM,       /* Snowball's stem of any of the others */
  BYLINE_TOKEN_POSSESSIVE, /* without 's, or the article elided before it */
  BYLINE_TOKEN_DIGITS,     /* a number without its grouping */
  BYLINE_TOKEN_BARE,       /* without the suffix of C++ or Disney+ */
  BYLINE_TOKEN_SOLID,      /* a hyphenated pair written as one word */
  BYLINE_TOKEN_WORD,       /* of a text that has words without spaces */
  BYLINE_TOKEN_BIGRAM,     /* two neighbouring characters, for n-grams */
  BYLINE_TOKEN_CHARACTER,  /* one of them */
  BYLINE_TOKEN_FILTER,     /* added by a filter: extend.h */
  BYLINE_TOKEN_HASHTAG,    /* whole, as these four are found by fields */
  BYLINE_TOKEN_HANDLE,
  BYLINE_TOKEN_LINK,
  BYLINE_TOKEN_EMAIL
} byline_token_kind;

/* One term of a text. Every position has one base token first; the others
 * share its position, and the offsets of what they stand for.
 *
 * A text that has a script without spaces in it (Thai, Lao, Khmer, Burmese,
 * Chinese, Japanese) is there a second time, divided into words, as tokens of
 * kind WORD: the n-th word at BYLINE_WORD_POSITION + n, with its other forms at
 * the same position. A word that is a base token's whole has its offsets.
 *
 * A text that is analyzed for Xapian's FLAG_CJK_NGRAM, and has Chinese,
 * Japanese or Korean in it, is there once more, as characters of these (kind
 * CHARACTER) and words of other scripts (kind WORD): the n-th of them at
 * BYLINE_NGRAM_POSITION + n. A BIGRAM is at its second character's position.
 *
 * Hashtags, handles, links and e-mail addresses are there whole as well,
 * without sign or scheme: no position, 0, and before all others. */
#define BYLINE_WORD_POSITION (UINT32_C(1) << 27)
#define BYLINE_NGRAM_POSITION (UINT32_C(1) << 28)

typedef struct byline_token {
  byline_string term; /* no prefix; at most 245 bytes, but a whole one may be
                         longer; valid for the call */
  size_t start;       /* bytes of the input, [start, end) */
  size_t end;
  uint32_t position; /* from 1, one for each base token, or a word's; or 0 */
  byline_token_kind kind;
} byline_token;

typedef int (*byline_token_fn)(void *user, const byline_token *token);

#ifdef __cplusplus
}
#endif
#endif

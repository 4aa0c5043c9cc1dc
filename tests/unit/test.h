/* cmocka with what it needs, and strings to compare. */
#ifndef BYLINE_TESTS_TEST_H
#define BYLINE_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "byline/types.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static inline byline_string str(const char *text) {
  byline_string s = {text, strlen(text)};
  return s;
}

#define assert_str(actual, expected)                                           \
  do {                                                                         \
    byline_string actual_ = (actual), expected_ = str(expected);               \
    assert_int_equal(actual_.length, expected_.length);                        \
    if (expected_.length > 0)                                                  \
      assert_memory_equal(actual_.data, expected_.data, expected_.length);     \
  } while (0)

static inline void assert_bytes(byline_string actual, const char *expected,
                                size_t length) {
  assert_int_equal(actual.length, length);
  if (length > 0)
    assert_memory_equal(actual.data, expected, length);
}

/* The same beside a literal, which may have NULs in it. */
#define BYTES(actual, literal)                                                 \
  assert_bytes((actual), (literal), sizeof(literal) - 1)

#endif

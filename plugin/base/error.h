/* Filling a caller's byline_error. */
#ifndef BYLINE_BASE_ERROR_H
#define BYLINE_BASE_ERROR_H

#include <stdarg.h>

#include "byline/types.h"

/* Writes code and message to error (which may be NULL) and returns code, so
 * that a failing function ends with `return error_set(...)`. A message that is
 * too long is cut in the middle, at character boundaries: paths come first and
 * what to do comes last. Control characters become '?'. */
byline_status error_set(byline_error *error, byline_status code,
                        const char *format, ...)
    __attribute__((format(printf, 3, 4)));

byline_status error_no_memory(byline_error *error);

/* For a failed system call: maps errno to a status and appends its text, as
 * in "path: cannot open: Permission denied". */
byline_status error_errno(byline_error *error, int number, const char *path,
                          const char *what);

#endif

/* How reading is come by: reading_linked.c where it is part of the program,
 * reading_loaded.c where it is a shared object beside the library. */
#ifndef BYLINE_INDEX_READING_LIBRARY_H
#define BYLINE_INDEX_READING_LIBRARY_H

#include "read/library.h"

/* *library is there as long as the program runs. Errors: BYLINE_IO (the shared
 * object is missing, or what it needs is), BYLINE_INVALID (it is of another
 * release). */
byline_status reading_library_find(const read_library **library,
                                   byline_error *error);

#endif

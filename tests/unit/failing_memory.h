/* Allocations of our own C code that fail when a test wants them to. The
 * program is linked with --wrap of malloc, calloc and realloc. */
#ifndef BYLINE_TESTS_FAILING_MEMORY_H
#define BYLINE_TESTS_FAILING_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static bool counting;          /* else none fails */
static size_t allowed;         /* before they fail */
static _Atomic size_t largest; /* that any thread asked for */

static bool fails(size_t size) {
  if (size > largest)
    largest = size;
  if (!counting)
    return false;
  if (allowed == 0)
    return true;
  allowed--;
  return false;
}

void *__wrap_malloc(size_t size) {
  return fails(size) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
  return fails(count * size) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size) {
  return fails(size) ? NULL : __real_realloc(old, size);
}

#endif

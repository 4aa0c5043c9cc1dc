/* Memory that runs out: loaded before all else, with
 *
 *   MEMORY_FAULT=ACTION:N   from the Nth request on, ONCE that is refused, ALL
 *                           are, or all LARGE ones (of 64 kB and more)
 *   MEMORY_COUNT=FILE       gets the number of requests when the process ends
 */
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGE = 64 << 10 };

static atomic_long requests;
static atomic_long first; /* to be refused; 0: none */
static bool once, large;

/* glibc's own: dlsym would ask for memory itself. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

static __attribute__((constructor)) void know(void) {
  const char *text = getenv("MEMORY_FAULT");
  const char *colon = text ? strchr(text, ':') : NULL;
  if (!colon)
    return;
  once = strncmp(text, "ONCE:", 5) == 0;
  large = strncmp(text, "LARGE:", 6) == 0;
  first = strtol(colon + 1, NULL, 10);
}

static __attribute__((destructor)) void tell(void) {
  const char *path = getenv("MEMORY_COUNT");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file)
    return;
  fprintf(file, "%ld\n", (long)requests);
  fclose(file);
}

static bool is_refused(size_t size) {
  long number = ++requests, from = first;
  if (from == 0 || number < from || (once && number > from) ||
      (large && size < LARGE))
    return false;
  errno = ENOMEM;
  return true;
}

void *malloc(size_t size) {
  return is_refused(size) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  size_t most = count > 0 ? SIZE_MAX / count : 0;
  return is_refused(size > most ? SIZE_MAX : count * size)
             ? NULL
             : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
  return is_refused(size) ? NULL : __libc_realloc(memory, size);
}

#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 4096, LARGEST_STEP = 1 << 20 };

struct arena_chunk {
  struct arena_chunk *next;
  size_t capacity;
  size_t used;
  alignas(max_align_t) char bytes[];
};

void arena_free(arena *a) {
  while (a->head) {
    struct arena_chunk *next = a->head->next;
    free(a->head);
    a->head = next;
  }
}

void arena_reset(arena *a) {
  struct arena_chunk *largest = a->head;
  for (struct arena_chunk *c = a->head; c; c = c->next)
    if (c->capacity > largest->capacity)
      largest = c;
  struct arena_chunk *chunk = a->head;
  while (chunk) {
    struct arena_chunk *next = chunk->next;
    if (chunk != largest)
      free(chunk);
    chunk = next;
  }
  if (largest) {
    largest->next = NULL;
    largest->used = 0;
  }
  a->head = largest;
}

static struct arena_chunk *add_chunk(arena *a, size_t size) {
  size_t capacity = a->head ? a->head->capacity * 2 : FIRST_CHUNK;
  if (capacity > LARGEST_STEP)
    capacity = LARGEST_STEP;
  if (capacity < size)
    capacity = size;
  if (capacity > SIZE_MAX - sizeof(struct arena_chunk))
    return NULL;
  struct arena_chunk *chunk = malloc(sizeof *chunk + capacity);
  if (!chunk)
    return NULL;
  chunk->next = a->head;
  chunk->capacity = capacity;
  chunk->used = 0;
  a->head = chunk;
  return chunk;
}

void *arena_alloc(arena *a, size_t size) {
  const size_t align = alignof(max_align_t);
  if (size > SIZE_MAX - align)
    return NULL;
  size = (size + align - 1) / align * align;
  struct arena_chunk *chunk = a->head;
  if (!chunk || chunk->capacity - chunk->used < size) {
    chunk = add_chunk(a, size);
    if (!chunk)
      return NULL;
  }
  void *result = chunk->bytes + chunk->used;
  chunk->used += size;
  return result;
}

void *arena_array(arena *a, size_t count, size_t size) {
  if (size > 0 && count > SIZE_MAX / size)
    return NULL;
  return arena_alloc(a, count * size);
}

char *arena_copy(arena *a, const char *data, size_t length) {
  if (length == SIZE_MAX)
    return NULL;
  char *copy = arena_alloc(a, length + 1);
  if (!copy)
    return NULL;
  if (length > 0)
    memcpy(copy, data, length);
  copy[length] = '\0';
  return copy;
}

int arena_string(arena *a, byline_string text, byline_string *copy) {
  char *data = arena_copy(a, text.data, text.length);
  if (!data)
    return 0;
  copy->data = data;
  copy->length = text.length;
  return 1;
}

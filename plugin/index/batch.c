#include "index/batch.h"

#include <stdlib.h>
#include <string.h>

batch *batch_new(void) {
  return calloc(1, sizeof(batch));
}

void batch_free(batch *b) {
  if (!b)
    return;
  bulk_part_free(b->part);
  arena_free(&b->memory);
  free(b->items);
  free(b);
}

void batch_clear(batch *b) {
  bulk_part_free(b->part);
  b->part = NULL;
  arena_reset(&b->memory);
  b->count = b->bytes = 0;
}

static bool copy_string(batch *b, byline_string *text) {
  b->bytes += text->length;
  return text->length == 0 || arena_string(&b->memory, *text, text);
}

static bool copy_list(batch *b, const byline_string **list, size_t count) {
  byline_string *copy = arena_array(&b->memory, count, sizeof *copy);
  if (!copy)
    return false;
  for (size_t i = 0; i < count; i++) {
    copy[i] = (*list)[i];
    if (!copy_string(b, &copy[i]))
      return false;
  }
  *list = copy;
  b->bytes += count * sizeof *copy;
  return true;
}

static bool copy_article(batch *b, byline_article *a) {
  byline_string *const strings[] = {
      &a->id,     &a->title,   &a->affiliation, &a->date, &a->language,
      &a->source, &a->section, &a->url,         &a->text, &a->type};
  bool ok = true;
  for (size_t i = 0; ok && i < sizeof strings / sizeof *strings; i++)
    ok = copy_string(b, strings[i]);
  return ok && copy_list(b, &a->decks, a->deck_count) &&
         copy_list(b, &a->authors, a->author_count) &&
         copy_list(b, &a->keywords, a->keyword_count);
}

bool batch_add(batch *b, const byline_article *article,
               const byline_string *spellings, const schema_file *file) {
  if (b->count == b->capacity) {
    size_t capacity = b->capacity ? b->capacity * 2 : 64;
    batch_item *items = realloc(b->items, capacity * sizeof *items);
    if (!items)
      return false;
    b->items = items;
    b->capacity = capacity;
  }
  batch_item *item = &b->items[b->count];
  *item = (batch_item){*article, spellings, file};
  if (!copy_article(b, &item->article) ||
      !copy_list(b, &item->spellings, article->author_count))
    return false;
  b->bytes += sizeof *item;
  b->count++;
  return true;
}

#include "index/word_counts.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "analyze/words.h"
#include "base/error.h"
#include "base/utf8.h"
#include "index/builder.h"
#include "index/schema.h"

enum {
  SHORTEST = 3,
  LONGEST = 40,
  /* Combining marks that are left in a word could not be composed, or it has
   * another form that is. */
  MARK_FIRST = 0x300,
  MARK_LAST = 0x36F
};

static const byline_string plain = {"", 0}; /* no prefix */

void word_counts_free(word_counts *w) {
  for (size_t i = 0; i < w->segments; i++)
    term_table_free(&w->changes[i]);
  free(w->changes);
}

size_t word_counts_segment(const xap_database *view, uint32_t docid) {
  return (docid - 1) % xap_database_count(view);
}

/* NULL when memory runs out. */
static term_table *table_of(word_counts *w, size_t segment) {
  static const term_table none;
  if (segment < w->segments)
    return &w->changes[segment];
  term_table *all = realloc(w->changes, (segment + 1) * sizeof *all);
  if (!all)
    return NULL;
  w->changes = all;
  while (w->segments <= segment)
    all[w->segments++] = none;
  return &all[segment];
}

static bool is_letter(UChar32 ch) {
  if (ch >= MARK_FIRST && ch <= MARK_LAST)
    return false;
  return (U_GET_GC_MASK(ch) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool word_counts_wants(byline_string term) {
  size_t at = 0, count = 0;
  bool ascii = true;
  /* Prefixes are capitals. */
  if (term.length < SHORTEST || (term.data[0] >= 'A' && term.data[0] <= 'Z'))
    return false;
  while (at < term.length) {
    unsigned char byte = (unsigned char)term.data[at];
    if (++count > LONGEST)
      return false;
    if (byte >= 'a' && byte <= 'z') {
      at++;
      continue;
    }
    ascii = false;
    if (byte < 0x80 ||
        !is_letter((UChar32)utf8_next(term.data, term.length, &at)))
      return false;
  }
  return count >= SHORTEST && (ascii || !words_are_in(term.data, term.length));
}

/* ---- Gathering --------------------------------------------------------- */

byline_status word_counts_add(word_counts *w, size_t segment, const document *d,
                              byline_error *error) {
  term_table *changes = w->off ? NULL : table_of(w, segment);
  if (w->off)
    return BYLINE_OK;
  for (size_t i = 0; changes && i < d->term_count; i++)
    if (word_counts_wants(d->terms[i].term) &&
        !term_table_add(changes, plain, d->terms[i].term, 1, 0))
      changes = NULL;
  return changes ? BYLINE_OK : error_no_memory(error);
}

static int drop_word(void *user, byline_string term, uint32_t wdf) {
  (void)wdf;
  return !word_counts_wants(term) ||
                 term_table_add(user, plain, term, UINT32_MAX, 0)
             ? BYLINE_OK
             : BYLINE_NO_MEMORY;
}

byline_status word_counts_drop(word_counts *w, size_t segment,
                               xap_document *gone, byline_error *error) {
  if (w->off)
    return BYLINE_OK;
  term_table *changes = table_of(w, segment);
  byline_status status =
      changes ? xap_document_terms(gone, drop_word, changes, error)
              : BYLINE_NO_MEMORY;
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

byline_status word_counts_forget(word_counts *w, const xap_database *view,
                                 uint32_t docid, byline_error *error) {
  xap_document *gone = NULL;
  byline_status status = xap_database_document(view, docid, &gone, error);
  if (status == BYLINE_OK)
    status = word_counts_drop(w, word_counts_segment(view, docid), gone, error);
  xap_document_free(gone);
  return status;
}

static byline_status write_changes(term_table *changes, xap_writer *writer,
                                   size_t segment, byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < changes->count; i++) {
    const term_entry *e = &changes->entries[i];
    if (e->wdf > INT32_MAX)
      status = xap_writer_remove_spelling(writer, segment, e->term, 0 - e->wdf,
                                          error);
    else if (e->wdf > 0)
      status = xap_writer_add_spelling(writer, segment, e->term, e->wdf, error);
  }
  term_table_clear(changes);
  return status;
}

byline_status word_counts_write(word_counts *w, xap_writer *writer,
                                byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < w->segments; i++)
    status = write_changes(&w->changes[i], writer, i, error);
  return status;
}

/* ---- Databases without ------------------------------------------------- */

static const char version[] = "1"; /* of what word_counts_wants says */

static byline_status record(metadata *m, const char *value,
                            byline_error *error) {
  byline_string key = {META_WORDS, strlen(META_WORDS)};
  return m->set(m, key, (byline_string){value, strlen(value)}, error);
}

byline_status word_counts_record(metadata *m, byline_error *error) {
  return record(m, version, error);
}

typedef struct list {
  term_table *changes;
  bool gone; /* to be taken away, else added */
} list;

static int list_word(void *user, byline_string term, uint32_t frequency) {
  const list *l = user;
  uint32_t change = l->gone ? 0 - frequency : frequency;
  if (!l->gone && !word_counts_wants(term))
    return BYLINE_OK;
  return term_table_add(l->changes, plain, term, change, 0) ? BYLINE_OK
                                                            : BYLINE_NO_MEMORY;
}

static byline_status count_again(word_counts *w, const xap_writer *writer,
                                 size_t segment, byline_error *error) {
  const xap_database *view = xap_writer_segment(writer, segment);
  list all = {table_of(w, segment), true};
  byline_status status =
      all.changes ? xap_database_spellings(view, list_word, &all, error)
                  : BYLINE_NO_MEMORY;
  all.gone = false;
  if (status == BYLINE_OK)
    status = xap_database_terms(view, plain, list_word, &all, error);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

byline_status word_counts_settle(word_counts *w, xap_writer *writer,
                                 bool remote, byline_error *error) {
  const xap_database *view = xap_writer_database(writer);
  buf old = BUF_INIT;
  byline_status status = schema_metadata(view, META_WORDS, &old, error);
  bool same = old.length > 0 && strcmp(old.data, version) == 0;
  bool none = old.length == 0;
  buf_free(&old);
  w->off = remote;
  if (status != BYLINE_OK || (remote ? none : same))
    return status;
  writer_metadata m = metadata_of_writer(writer);
  if (remote)
    return record(&m.methods, "", error);
  for (size_t i = 0; status == BYLINE_OK && i < xap_writer_segments(writer);
       i++)
    status = count_again(w, writer, i, error);
  return status == BYLINE_OK ? record(&m.methods, version, error) : status;
}

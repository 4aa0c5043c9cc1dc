#include "index/verify.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/error.h"
#include "bulk/small.h"
#include "index/word_counts.h"

/* ---- What a document is made of ----------------------------------------- */

/* Numbers and strings, each after its length, so that no two documents are the
 * same bytes. */
static void feed_number(uint64_t *hash, uint64_t number) {
  *hash = XXH3_64bits_withSeed(&number, sizeof number, *hash);
}

static void feed_string(uint64_t *hash, byline_string text) {
  feed_number(hash, text.length);
  *hash = XXH3_64bits_withSeed(text.data, text.length, *hash);
}

/* Terms come in any order, and are stored in theirs. */
uint64_t verify_hash(const document *d) {
  uint64_t hash = 0;
  for (size_t i = 0; i < d->term_count; i++) {
    const document_term *t = &d->terms[i];
    uint64_t one = 0;
    feed_string(&one, t->term);
    feed_number(&one, t->wdf);
    for (size_t k = 0; k < t->position_count; k++)
      feed_number(&one, t->positions[k]);
    hash += one;
  }
  for (size_t i = 0; i < d->value_count; i++) {
    feed_number(&hash, d->values[i].slot);
    feed_string(&hash, d->values[i].value);
  }
  feed_string(&hash, d->data);
  return hash;
}

static int feed_position(void *user, uint32_t position) {
  feed_number(user, position);
  return BYLINE_OK;
}

static int feed_value(void *user, uint32_t slot, byline_string value) {
  feed_number(user, slot);
  feed_string(user, value);
  return BYLINE_OK;
}

static int feed_data(void *user, byline_string data) {
  feed_string(user, data);
  return BYLINE_OK;
}

/* ---- Reading it again --------------------------------------------------- */

typedef struct check {
  xap_database *database;
  const char *path;
  uint32_t docid;  /* being read */
  uint64_t hash;   /* of what was read so far */
  uint64_t length; /* of its terms so far */
  buf last;        /* the last of them */
  uint64_t *sums;  /* of postings, by docid; NULL: only of samples */
  uint32_t documents;
  size_t words; /* that the table for spelling must have */
  byline_error *error;
} check;

static byline_status wrong(const check *c, const char *what) {
  return error_set(c->error, BYLINE_CORRUPT, "%s: document %u: %s", c->path,
                   (unsigned)c->docid, what);
}

static uint64_t posting_hash(byline_string term, uint32_t wdf) {
  return XXH3_64bits_withSeed(term.data, term.length, wdf);
}

static int on_term(void *user, byline_string term, uint32_t wdf) {
  check *c = user;
  uint32_t posted = 0;
  uint64_t hash = 0;
  bool found = true;
  if (small_compare(buf_string(&c->last), term) >= 0)
    return wrong(c, "its terms are in no order");
  buf_clear(&c->last);
  if (!buf_add_str(&c->last, term))
    return error_no_memory(c->error);
  c->length += wdf;
  feed_string(&hash, term);
  feed_number(&hash, wdf);
  byline_status status = xap_database_positions(c->database, c->docid, term,
                                                feed_position, &hash, c->error);
  c->hash += hash;
  if (c->sums)
    c->sums[c->docid - 1] -= posting_hash(term, wdf);
  if (status != BYLINE_OK || c->sums)
    return status;
  status = xap_database_posting(c->database, term, c->docid, &found, &posted,
                                c->error);
  if (status == BYLINE_OK && (!found || posted != wdf))
    status = wrong(c, "its list of terms and their postings differ");
  return status;
}

static byline_status check_document(check *c, const document_sample *sample) {
  xap_document *stored = NULL;
  uint32_t length = 0;
  c->docid = sample->docid;
  c->hash = c->length = 0;
  buf_clear(&c->last);
  byline_status status =
      xap_database_document(c->database, sample->docid, &stored, c->error);
  if (status == BYLINE_OK)
    status = xap_document_terms(stored, on_term, c, c->error);
  if (status == BYLINE_OK)
    status = xap_document_values(stored, feed_value, &c->hash, c->error);
  if (status == BYLINE_OK)
    status = xap_document_data(stored, feed_data, &c->hash, c->error);
  xap_document_free(stored);
  if (status == BYLINE_OK)
    status = xap_database_length(c->database, c->docid, &length, c->error);
  if (status == BYLINE_NOT_FOUND)
    return wrong(c, "it is missing");
  if (status == BYLINE_OK && length != c->length)
    return wrong(c, "its length is not that of its terms");
  if (status == BYLINE_OK && c->hash != sample->hash)
    status = wrong(c, "it is not what was written");
  return status;
}

/* ---- All postings ------------------------------------------------------- */

typedef struct posting_sum {
  check *check;
  byline_string term;
} posting_sum;

static int on_posting(void *user, uint32_t docid, uint32_t wdf) {
  posting_sum *s = user;
  if (docid == 0 || docid > s->check->documents)
    return BYLINE_CORRUPT;
  s->check->sums[docid - 1] += posting_hash(s->term, wdf);
  return BYLINE_OK;
}

static int on_each_term(void *user, byline_string term, uint32_t frequency) {
  check *c = user;
  (void)frequency;
  posting_sum s = {c, term};
  c->words += word_counts_wants(term);
  return xap_database_postings(c->database, term, on_posting, &s, c->error);
}

/* Adds what postings say of each document; what its list of terms says is taken
 * from that. */
static byline_status add_postings(check *c) {
  c->sums = calloc((size_t)c->documents + 1, sizeof *c->sums);
  if (!c->sums)
    return error_no_memory(c->error);
  return xap_database_terms(c->database, (byline_string){"", 0}, on_each_term,
                            c, c->error);
}

static byline_status compare_sums(check *c) {
  for (c->docid = 1; c->sums && c->docid <= c->documents; c->docid++)
    if (c->sums[c->docid - 1] != 0)
      return wrong(c, "its list of terms and their postings differ");
  return BYLINE_OK;
}

static int on_word(void *user, byline_string word, uint32_t count) {
  check *c = user;
  uint32_t frequency = 0;
  byline_status status =
      xap_database_term_frequency(c->database, word, &frequency, c->error);
  if (status == BYLINE_OK && (count != frequency || !word_counts_wants(word)))
    status = error_set(c->error, BYLINE_CORRUPT,
                       "%s: a word for spelling is counted %u times, not %u",
                       c->path, (unsigned)count, (unsigned)frequency);
  c->words--;
  return status;
}

static byline_status compare_words(check *c) {
  byline_status status =
      xap_database_spellings(c->database, on_word, c, c->error);
  if (status == BYLINE_OK && c->words != 0)
    status = error_set(c->error, BYLINE_CORRUPT,
                       "%s: words for spelling are missing", c->path);
  return status;
}

static byline_status compare_metadata(const check *c,
                                      const string_map *written) {
  buf value = BUF_INIT;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < written->count; i++) {
    const string_pair *p = &written->pairs[i];
    buf_clear(&value);
    status = schema_metadata(c->database, p->key.data, &value, c->error);
    if (status == BYLINE_OK &&
        (value.length != p->value.length ||
         (value.length > 0 &&
          memcmp(value.data, p->value.data, value.length) != 0)))
      status = error_set(c->error, BYLINE_CORRUPT,
                         "%s: its metadata are not what was written", c->path);
  }
  buf_free(&value);
  return status;
}

/* ---- Tables ------------------------------------------------------------- */

/* Each table is checked by itself: where a document's lengths are, in two of
 * them, is seen by the samples. */
typedef struct table_checks {
  const char *path;
  pthread_mutex_t mutex; /* for what follows */
  size_t next;
  byline_status status; /* the first that is not BYLINE_OK */
  byline_error error;
} table_checks;

/* Those that take longest come first. */
static const char *const TABLES[] = {"position", "termlist", "postlist",
                                     "docdata",  "spelling", "synonym"};
enum { TABLE_NAMES = sizeof TABLES / sizeof *TABLES };

static byline_status check_path(const char *path, byline_error *error) {
  size_t faults = 0;
  byline_status status = xap_check(path, NULL, NULL, &faults, error);
  return status == BYLINE_OK && faults > 0
             ? error_set(error, BYLINE_CORRUPT,
                         "%s: Xapian's check finds %zu faults", path, faults)
             : status;
}

static byline_status check_table(const char *folder, const char *name,
                                 byline_error *error) {
  buf path = BUF_INIT;
  byline_status status = BYLINE_OK;
  if (!buf_printf(&path, "%s/%s.glass", folder, name))
    status = error_no_memory(error);
  else if (access(path.data, F_OK) == 0) /* one without entries has no file */
    status = check_path(path.data, error);
  buf_free(&path);
  return status;
}

static void *check_next_tables(void *user) {
  table_checks *t = user;
  pthread_mutex_lock(&t->mutex);
  while (t->next < TABLE_NAMES && t->status == BYLINE_OK) {
    byline_error error;
    const char *name = TABLES[t->next++];
    pthread_mutex_unlock(&t->mutex);
    byline_status status = check_table(t->path, name, &error);
    pthread_mutex_lock(&t->mutex);
    if (status != BYLINE_OK && t->status == BYLINE_OK) {
      t->status = status;
      t->error = error;
    }
  }
  pthread_mutex_unlock(&t->mutex);
  return NULL;
}

static byline_status check_tables(const char *path, unsigned threads,
                                  byline_error *error) {
  enum { MOST = 3 }; /* that have enough to do */
  table_checks t = {.path = path};
  pthread_t others[MOST];
  size_t count = 0;
  if (threads < 2)
    return check_path(path, error);
  pthread_mutex_init(&t.mutex, NULL);
  while (count + 1 < threads && count < MOST &&
         pthread_create(&others[count], NULL, check_next_tables, &t) == 0)
    count++;
  check_next_tables(&t);
  for (size_t i = 0; i < count; i++)
    pthread_join(others[i], NULL);
  pthread_mutex_destroy(&t.mutex);
  if (t.status != BYLINE_OK && error)
    *error = t.error;
  return t.status;
}

/* ---- The database ------------------------------------------------------- */

static byline_status check_count(const check *c) {
  xap_statistics s;
  byline_status status = xap_database_statistics(c->database, &s, c->error);
  if (status == BYLINE_OK &&
      (s.documents != c->documents || s.last_docid != c->documents))
    status = error_set(c->error, BYLINE_CORRUPT,
                       "%s: has %u documents of %u, and the last is %u",
                       c->path, (unsigned)s.documents, (unsigned)c->documents,
                       (unsigned)s.last_docid);
  return status;
}

byline_status verify_database(const char *path, const verify_options *options,
                              byline_error *error) {
  const document_samples *samples = options->samples;
  check c = {.path = path, .documents = options->documents, .error = error};
  byline_status status = check_tables(path, options->threads, error);
  if (status == BYLINE_OK)
    status = xap_database_open(&path, 1, &c.database, error);
  if (status == BYLINE_OK)
    status = check_count(&c);
  if (status == BYLINE_OK)
    status = compare_metadata(&c, options->metadata);
  if (status == BYLINE_OK && options->all)
    status = add_postings(&c);
  if (status == BYLINE_OK && options->all)
    status = compare_words(&c);
  for (size_t i = 0; status == BYLINE_OK && i < samples->count; i++)
    status = check_document(&c, &samples->list[i]);
  if (status == BYLINE_OK)
    status = compare_sums(&c);
  xap_database_free(c.database);
  buf_free(&c.last);
  free(c.sums);
  return status;
}

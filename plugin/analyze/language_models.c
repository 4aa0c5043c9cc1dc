#include "analyze/language_models.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/first_bytes.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"

enum {
  RANKS = 400,   /* n-grams of a model, and of a text */
  SYMBOLS = 5,   /* characters of an n-gram at most */
  BYTES = 20,    /* and its bytes */
  ABSENT = 400,  /* distance of an n-gram that a model has not */
  BUCKETS = 8192 /* of a text's n-grams */
};

static const double NEAR = 1.03;

/* ---- Models ------------------------------------------------------------- */

/* An n-gram in one model. */
typedef struct rank {
  uint16_t model, rank;
} rank;

typedef struct hashed_rank {
  uint64_t hash; /* of the n-gram */
  rank rank;
} hashed_rank;

/* The models of an n-gram lie side by side in ranks. */
typedef struct slot {
  uint32_t tag; /* the part of the hash that does not say where it is */
  uint32_t first : 24, count : 8; /* count 0: free */
} slot;

typedef struct gram {
  uint64_t key;   /* its first bytes */
  uint32_t start; /* in the text as it was prepared */
  uint32_t next;  /* in the same bucket, plus 1; 0: none */
  uint16_t count;
  uint8_t length;
} gram;

/* A heap with the least frequent n-gram on top. */
typedef struct heap {
  struct heap_entry {
    uint32_t count, gram;
  } entries[RANKS];
  size_t count;
} heap;

struct language_models {
  rank *ranks;
  slot *slots;
  size_t slot_count; /* a power of two */
  size_t names, models;
  int32_t *distances; /* of the models, by number */
  bool *known;        /* that there is such a model */
  /* The text that is asked about. */
  buf text;
  gram *grams;
  size_t gram_count, gram_capacity;
  uint32_t heads[BUCKETS];     /* of buckets, plus 1 */
  uint64_t used[BUCKETS / 64]; /* bits of those that are not empty */
  heap frequent;
};

/* Models being read. */
typedef struct reading {
  hashed_rank *ranks;
  size_t count, capacity;
} reading;

/* FNV-1a: n-grams are short. */
static uint64_t hash_of(const char *bytes, size_t length) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < length; i++)
    hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
  return hash ^ hash >> 29;
}

static bool add_rank(reading *r, size_t model, const char *line,
                     size_t number) {
  size_t length = strcspn(line, " \t\r\n");
  if (r->count == r->capacity) {
    size_t capacity = r->capacity ? r->capacity * 2 : 8192;
    hashed_rank *ranks = realloc(r->ranks, capacity * sizeof *ranks);
    if (!ranks)
      return false;
    r->ranks = ranks;
    r->capacity = capacity;
  }
  r->ranks[r->count++] =
      (hashed_rank){hash_of(line, length), {(uint16_t)model, (uint16_t)number}};
  return true;
}

/* A line is an n-gram and its count, the most frequent first. */
static bool read_model(reading *r, size_t model, FILE *file) {
  char line[1024];
  size_t number = 0;
  while (number < RANKS && fgets(line, sizeof line, file)) {
    const char *at = line + strspn(line, " \t");
    if (strcspn(at, " \t\r\n") <= BYTES && !add_rank(r, model, at, number++))
      return false;
  }
  return true;
}

static int by_hash(const void *a, const void *b) {
  const hashed_rank *x = a, *y = b;
  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return (int)x->rank.model - (int)y->rank.model;
}

static uint32_t tag_of(uint64_t hash) {
  return (uint32_t)(hash >> 32);
}

static void add_slot(language_models *m, uint64_t hash, size_t first,
                     size_t count) {
  size_t at = (size_t)hash & (m->slot_count - 1);
  while (m->slots[at].count > 0)
    at = (at + 1) & (m->slot_count - 1);
  m->slots[at] =
      (slot){tag_of(hash), (uint32_t)first & 0xFFFFFF, (uint32_t)count & 0xFF};
}

static bool index_ranks(language_models *m, reading *r) {
  /* Each n-gram is in about three models. */
  for (m->slot_count = 1024; m->slot_count < r->count; m->slot_count *= 2)
    ;
  m->slots = calloc(m->slot_count, sizeof *m->slots);
  m->ranks = malloc((r->count + 1) * sizeof *m->ranks);
  if (!m->slots || !m->ranks)
    return false;
  if (r->count > 0)
    qsort(r->ranks, r->count, sizeof *r->ranks, by_hash);
  for (size_t i = 0, end; i < r->count; i = end) {
    for (end = i; end < r->count && r->ranks[end].hash == r->ranks[i].hash;
         end++)
      m->ranks[end] = r->ranks[end].rank;
    add_slot(m, r->ranks[i].hash, i, end - i);
  }
  return true;
}

static bool read_models(language_models *m, const char *folder,
                        const char *const *names, size_t count, reading *r) {
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) {
    char path[512];
    int n = snprintf(path, sizeof path, "%s/%s.lm", folder, names[i]);
    FILE *file = n > 0 && (size_t)n < sizeof path ? fopen(path, "re") : NULL;
    if (!file)
      continue;
    ok = read_model(r, i, file);
    m->known[i] = true;
    m->models++;
    fclose(file);
  }
  return ok && index_ranks(m, r);
}

static const slot *find_slot(const language_models *m, uint64_t hash) {
  size_t at = (size_t)hash & (m->slot_count - 1);
  while (m->slots[at].count > 0 && m->slots[at].tag != tag_of(hash))
    at = (at + 1) & (m->slot_count - 1);
  return &m->slots[at];
}

byline_status language_models_load(const char *folder, const char *const *names,
                                   size_t count, language_models **result,
                                   byline_error *error) {
  language_models *m = calloc(1, sizeof *m);
  reading r = {NULL, 0, 0};
  if (!m)
    return error_no_memory(error);
  m->names = count;
  m->distances = calloc(count + 1, sizeof *m->distances);
  m->known = calloc(count + 1, sizeof *m->known);
  bool ok = m->distances && m->known && count <= LANGUAGE_MODELS_MAX &&
            read_models(m, folder, names, count, &r);
  free(r.ranks);
  if (!ok) {
    language_models_free(m);
    return error_no_memory(error);
  }
  *result = m;
  return BYLINE_OK;
}

void language_models_free(language_models *m) {
  if (!m)
    return;
  free(m->ranks);
  free(m->slots);
  free(m->distances);
  free(m->known);
  free(m->grams);
  buf_free(&m->text);
  free(m);
}

size_t language_models_count(const language_models *m) {
  return m->models;
}

/* ---- The n-grams of a text ---------------------------------------------- */

static bool divides(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '0' && c <= '9');
}

/* Words with an underscore before each. Behind the last there is one if the
 * text ends with something else, or had just one character between any two. */
static bool prepare(language_models *m, byline_string text) {
  const char *nul = memchr(text.data, '\0', text.length);
  size_t length = nul ? (size_t)(nul - text.data) : text.length;
  buf *out = &m->text;
  bool word = false;
  buf_clear(out);
  if (!buf_reserve(out, length + 2 + sizeof(uint64_t))) /* see first_bytes */
    return false;
  for (size_t i = 0; i < length; i++) {
    if (!divides(text.data[i])) {
      if (!word)
        out->data[out->length++] = '_';
      out->data[out->length++] = text.data[i];
    }
    word = !divides(text.data[i]);
  }
  if (!word || out->length > text.length)
    out->data[out->length++] = '_';
  memset(out->data + out->length, 0, sizeof(uint64_t));
  return true;
}

/* Most have eight bytes or less, and then the key says all. */
static inline bool is_gram(const language_models *m, const gram *g,
                           uint64_t key, size_t start, size_t length) {
  const char *text = m->text.data;
  return g->key == key && g->length == length &&
         (length <= sizeof key ||
          memcmp(text + g->start, text + start, length) == 0);
}

/* In the order in which libexttextcat would find them: of equally frequent ones
 * that decides which are among the first. */
static bool count_gram(language_models *m, uint32_t hash, size_t start,
                       size_t length) {
  uint64_t key = first_bytes(m->text.data + start, length);
  size_t bucket = hash % BUCKETS;
  uint32_t *head = &m->heads[bucket];
  for (uint32_t i = *head; i != 0; i = m->grams[i - 1].next) {
    gram *g = &m->grams[i - 1];
    if (is_gram(m, g, key, start, length)) {
      g->count++;
      return true;
    }
  }
  if (m->gram_count == m->gram_capacity) {
    size_t capacity = m->gram_capacity ? m->gram_capacity * 2 : 4096;
    gram *grams = realloc(m->grams, capacity * sizeof *grams);
    if (!grams)
      return false;
    m->grams = grams;
    m->gram_capacity = capacity;
  }
  m->grams[m->gram_count++] =
      (gram){key, (uint32_t)start, *head, 1, (uint8_t)length};
  *head = (uint32_t)m->gram_count;
  m->used[bucket / 64] |= UINT64_C(1) << bucket % 64;
  return true;
}

/* All that begin at start; *whole says that one reached the end of the text. */
static bool count_from(language_models *m, size_t start, bool *whole) {
  const char *text = m->text.data;
  uint32_t sum = 0, power = 1; /* 31 to the number of bytes */
  size_t at = start;
  for (uint32_t symbols = 1; symbols <= SYMBOLS; symbols++) {
    size_t from = at;
    utf8_next(text, m->text.length, &at);
    for (size_t i = from; i < at; i++) {
      uint32_t byte = (uint32_t)(int32_t)(signed char)text[i];
      sum = sum * 31 + byte;
      power *= 31;
    }
    if (!count_gram(m, 13 * symbols * power + sum, start, at - start))
      return false;
    if (symbols > 1 && text[from] == '_')
      return true;
    *whole = at == m->text.length;
    if (*whole)
      return true;
  }
  return true;
}

static bool count_grams(language_models *m) {
  bool whole = false;
  memset(m->heads, 0, sizeof m->heads);
  memset(m->used, 0, sizeof m->used);
  m->gram_count = 0;
  for (size_t at = 0; at < m->text.length && !whole;) {
    if (!count_from(m, at, &whole))
      return false;
    utf8_next(m->text.data, m->text.length, &at);
  }
  return true;
}

/* ---- The most frequent of them ------------------------------------------ */

static bool more(const heap *h, size_t a, size_t b) {
  return h->entries[a].count > h->entries[b].count;
}

static void exchange(heap *h, size_t a, size_t b) {
  struct heap_entry e = h->entries[a];
  h->entries[a] = h->entries[b];
  h->entries[b] = e;
}

static void sift_up(heap *h, size_t child) {
  while (child > 0) {
    size_t parent = (child - 1) / 2;
    if (!more(h, parent, child))
      return;
    exchange(h, parent, child);
    child = parent;
  }
}

static void sift_down(heap *h) {
  size_t parent = 0, child;
  while ((child = parent * 2 + 1) < h->count) {
    if (child + 1 < h->count && more(h, child, child + 1))
      child++;
    if (!more(h, parent, child))
      return;
    exchange(h, parent, child);
    parent = child;
  }
}

static void offer(heap *h, uint32_t count, uint32_t number) {
  struct heap_entry e = {count, number};
  if (h->count < RANKS) {
    h->entries[h->count] = e;
    sift_up(h, h->count++);
  } else if (count >= h->entries[0].count) {
    h->entries[0] = e;
    sift_down(h);
  }
}

static void find_frequent(language_models *m) {
  heap *h = &m->frequent;
  h->count = 0;
  for (size_t word = 0; word < BUCKETS / 64; word++)
    for (uint64_t bits = m->used[word]; bits; bits &= bits - 1) {
      size_t bucket = word * 64 + (size_t)__builtin_ctzll(bits);
      for (uint32_t i = m->heads[bucket]; i != 0; i = m->grams[i - 1].next)
        offer(h, m->grams[i - 1].count, i - 1);
    }
}

static uint32_t take_least(heap *h) {
  uint32_t least = h->entries[0].gram;
  h->entries[0] = h->entries[h->count - 1];
  sift_down(h);
  h->count--;
  return least;
}

/* ---- Distances ---------------------------------------------------------- */

static void measure(language_models *m, const gram *g, int32_t number) {
  const slot *s = find_slot(m, hash_of(m->text.data + g->start, g->length));
  const rank *ranks = m->ranks + s->first;
  for (uint32_t i = 0; i < s->count; i++)
    m->distances[ranks[i].model] += abs(ranks[i].rank - number) - ABSENT;
}

static void measure_all(language_models *m) {
  heap *h = &m->frequent;
  for (size_t i = 0; i < m->names; i++)
    m->distances[i] = (int32_t)h->count * ABSENT;
  while (h->count > 0) {
    int32_t number = (int32_t)h->count - 1;
    measure(m, &m->grams[take_least(h)], number);
  }
}

void language_models_ask(language_models *m, byline_string text,
                         size_t nearest[LANGUAGE_MODELS_NEAREST],
                         size_t *count) {
  int32_t least = -1;
  *count = 0;
  if (text.length == 0 || text.length > UINT16_MAX || !prepare(m, text) ||
      !count_grams(m))
    return;
  find_frequent(m);
  measure_all(m);
  for (size_t i = 0; i < m->names; i++)
    if (m->known[i] && (least < 0 || m->distances[i] < least))
      least = m->distances[i];
  int32_t limit = (int32_t)((double)least * NEAR);
  for (size_t i = 0; i < m->names; i++) {
    if (!m->known[i] || m->distances[i] >= limit)
      continue;
    if (*count == LANGUAGE_MODELS_NEAREST) {
      *count = 0;
      return;
    }
    nearest[(*count)++] = i;
  }
}

#include "search/facets.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/author.h"
#include "index/schema.h"

/* Where a field's values stand. A date counts by its beginning, YYYY or
 * YYYYMM. */
typedef struct facet_source {
  uint32_t slot;
  char separator;
  size_t length; /* of the beginning; 0: all of it */
  int schema;    /* the first that has it */
} facet_source;

static const facet_source SOURCES[] = {
    [BYLINE_FACET_AUTHOR] = {SLOT_AUTHOR, '\t', 0, 1},
    [BYLINE_FACET_YEAR] = {SLOT_DATE, '\0', 4, 1},
    [BYLINE_FACET_MONTH] = {SLOT_DATE, '\0', 6, 1},
    [BYLINE_FACET_LANGUAGE] = {SLOT_LANGUAGE, '\0', 0, SCHEMA_WITH_FACETS},
    [BYLINE_FACET_SOURCE] = {SLOT_SOURCE, '\0', 0, SCHEMA_WITH_FACETS},
    [BYLINE_FACET_KEYWORD] = {SLOT_KEYWORD, '\t', 0, SCHEMA_WITH_FACETS}};

enum { FIELD_COUNT = sizeof SOURCES / sizeof *SOURCES };

struct facets {
  const byline_database *db;
  const byline_facet_request *requests;
  size_t count;
  xap_facet *counters[FIELD_COUNT]; /* NULL: not asked for */
};

void facets_free(facets *f) {
  if (!f)
    return;
  for (size_t i = 0; i < FIELD_COUNT; i++)
    xap_facet_free(f->counters[i]);
  free(f);
}

/* Months tell the years as well. */
static byline_facet_field counted_as(const facets *f,
                                     byline_facet_field field) {
  return field == BYLINE_FACET_YEAR && f->counters[BYLINE_FACET_MONTH]
             ? BYLINE_FACET_MONTH
             : field;
}

static byline_status check_schema(const byline_database *db, int schema,
                                  byline_error *error) {
  uint32_t older = 0;
  if (schema == 1)
    return BYLINE_OK;
  byline_status status = schema_older(db->database, schema, &older, error);
  if (status == BYLINE_OK && older > 0)
    return error_set(error, BYLINE_UNSUPPORTED,
                     "%u %s indexed by an earlier byline, without what is "
                     "needed to count languages, sources and keywords: index "
                     "the files again, with --prune where some are gone",
                     (unsigned)older,
                     older == 1 ? "article was" : "articles were");
  return status;
}

static byline_status add_counter(facets *f, byline_facet_field field,
                                 byline_error *error) {
  const facet_source *s = &SOURCES[field];
  if (f->counters[counted_as(f, field)])
    return BYLINE_OK;
  return xap_facet_new(s->slot, s->separator, s->length, &f->counters[field],
                       error);
}

static byline_status add_counters(const byline_database *db, facets *f,
                                  byline_error *error) {
  byline_status status = BYLINE_OK;
  int schema = 1;
  for (size_t i = 0; i < f->count; i++) {
    if ((size_t)f->requests[i].field >= FIELD_COUNT)
      return error_set(error, BYLINE_INVALID, "there is no facet %d",
                       (int)f->requests[i].field);
    if (SOURCES[f->requests[i].field].schema > schema)
      schema = SOURCES[f->requests[i].field].schema;
    if (f->requests[i].field == BYLINE_FACET_MONTH)
      status = add_counter(f, BYLINE_FACET_MONTH, error);
  }
  if (status == BYLINE_OK)
    status = check_schema(db, schema, error);
  for (size_t i = 0; status == BYLINE_OK && i < f->count; i++)
    status = add_counter(f, f->requests[i].field, error);
  return status;
}

byline_status facets_new(const byline_database *db,
                         const byline_search_request *request, facets **out,
                         byline_error *error) {
  if (request->facet_count == 0)
    return BYLINE_OK;
  facets *f = calloc(1, sizeof *f);
  if (!f)
    return error_no_memory(error);
  f->db = db;
  f->requests = request->facets;
  f->count = request->facet_count;
  byline_status status = add_counters(db, f, error);
  if (status == BYLINE_OK)
    *out = f;
  else
    facets_free(f);
  return status;
}

byline_status facets_attach(const facets *f, xap_enquire *enquire,
                            byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; f && status == BYLINE_OK && i < FIELD_COUNT; i++)
    if (f->counters[i])
      status = xap_enquire_add_facet(enquire, f->counters[i], error);
  return status;
}

/* ---- Reading ----------------------------------------------------------- */

typedef struct value_list {
  byline_facet_field field;
  byline_count *values; /* in byte order; the strings are in memory */
  size_t count, capacity;
  arena memory;
} value_list;

static void free_values(value_list *l) {
  free(l->values);
  arena_free(&l->memory);
}

/* The value as the field has it: a year is the beginning of a month that was
 * counted, and a year alone is no month. False: not a value of the field. */
static bool field_value(byline_facet_field field, byline_string counted,
                        char date[8], byline_string *value) {
  *value = counted;
  if (field != BYLINE_FACET_YEAR && field != BYLINE_FACET_MONTH)
    return true;
  bool month = field == BYLINE_FACET_MONTH;
  if (counted.length < (month ? 6 : 4) ||
      (month && memcmp(counted.data + 4, "00", 2) == 0))
    return false;
  memcpy(date, counted.data, 4);
  if (month) {
    date[4] = '-';
    memcpy(date + 5, counted.data + 4, 2);
  }
  *value = (byline_string){date, month ? 7 : 4};
  return true;
}

static bool equal(byline_string a, byline_string b) {
  return a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
}

static int add_value(void *user, byline_string counted, uint32_t count) {
  value_list *l = user;
  char date[8];
  byline_string value;
  if (!field_value(l->field, counted, date, &value))
    return 0;
  /* The months of a year come one after the other. */
  if (l->count > 0 && equal(l->values[l->count - 1].value, value)) {
    l->values[l->count - 1].count += count;
    return 0;
  }
  if (l->count == l->capacity) {
    size_t capacity = l->capacity ? l->capacity * 2 : 64;
    byline_count *values = realloc(l->values, capacity * sizeof *values);
    if (!values)
      return BYLINE_NO_MEMORY;
    l->values = values;
    l->capacity = capacity;
  }
  byline_count *next = &l->values[l->count];
  next->count = count;
  if (!arena_string(&l->memory, value, &next->value))
    return BYLINE_NO_MEMORY;
  l->count++;
  return 0;
}

static int compare_bytes(byline_string a, byline_string b) {
  size_t common = a.length < b.length ? a.length : b.length;
  int order = memcmp(a.data, b.data, common);
  return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

/* The most frequent first, equal ones in byte order. */
static int by_count(const void *a, const void *b) {
  const byline_count *x = a, *y = b;
  if (x->count != y->count)
    return x->count < y->count ? 1 : -1;
  return compare_bytes(x->value, y->value);
}

static int by_value(const void *a, const void *b) {
  const byline_count *x = a, *y = b;
  return compare_bytes(x->value, y->value);
}

/* ---- Spellings of several databases ------------------------------------ */

/* Each database has one spelling of an author, but maybe not the same. */
typedef struct spelling {
  byline_string key; /* what they have in common, as author.h has it */
  byline_count counted;
} spelling;

static int by_key(const void *a, const void *b) {
  const spelling *x = a, *y = b;
  int order = compare_bytes(x->key, y->key);
  return order != 0 ? order : by_count(&x->counted, &y->counted);
}

static byline_status find_keys(const facets *f, value_list *l,
                               spelling *spellings, byline_error *error) {
  buf key = BUF_INIT;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < l->count; i++) {
    byline_string name = l->values[i].value;
    buf_clear(&key);
    status = author_key(f->db->analyzer, name, &key, error);
    spellings[i] = (spelling){name, l->values[i]}; /* a name of marks only */
    if (status == BYLINE_OK && key.length > 0 &&
        !arena_string(&l->memory, buf_string(&key), &spellings[i].key))
      status = error_no_memory(error);
  }
  buf_free(&key);
  return status;
}

/* The most frequent spelling stands for the others. */
static byline_status join_spellings(const facets *f, value_list *l,
                                    byline_error *error) {
  if (l->count < 2 || xap_database_count(f->db->database) < 2)
    return BYLINE_OK;
  spelling *spellings = calloc(l->count, sizeof *spellings);
  if (!spellings)
    return error_no_memory(error);
  byline_status status = find_keys(f, l, spellings, error);
  if (status == BYLINE_OK) {
    size_t kept = 0;
    qsort(spellings, l->count, sizeof *spellings, by_key);
    for (size_t i = 0; i < l->count; i++)
      if (i > 0 && equal(spellings[i].key, spellings[i - 1].key))
        l->values[kept - 1].count += spellings[i].counted.count;
      else
        l->values[kept++] = spellings[i].counted;
    l->count = kept;
    qsort(l->values, kept, sizeof *l->values, by_value);
  }
  free(spellings);
  return status;
}

/* ---- What is asked for ------------------------------------------------- */

/* The limit chooses the most frequent ones, whatever their order is then. */
static byline_status keep(value_list *l, const byline_facet_request *request,
                          arena *memory, byline_facet *facet,
                          byline_error *error) {
  size_t kept = l->count;
  bool cut = request->limit > 0 && request->limit < kept;
  if (l->count > 1 && (cut || !request->by_value))
    qsort(l->values, l->count, sizeof *l->values, by_count);
  if (cut)
    kept = request->limit;
  if (cut && request->by_value)
    qsort(l->values, kept, sizeof *l->values, by_value);
  byline_count *values = arena_array(memory, kept, sizeof *values);
  if (!values)
    return error_no_memory(error);
  for (size_t i = 0; i < kept; i++) {
    values[i].count = l->values[i].count;
    if (!arena_string(memory, l->values[i].value, &values[i].value))
      return error_no_memory(error);
  }
  *facet = (byline_facet){request->field, values, kept, l->count};
  return BYLINE_OK;
}

static byline_status read_one(const facets *f,
                              const byline_facet_request *request,
                              arena *memory, byline_facet *facet,
                              byline_error *error) {
  value_list l = {.field = request->field, .memory = ARENA_INIT};
  byline_status status = xap_facet_values(
      f->counters[counted_as(f, request->field)], add_value, &l, error);
  if (status == BYLINE_NO_MEMORY)
    error_no_memory(error);
  if (status == BYLINE_OK && request->field == BYLINE_FACET_AUTHOR)
    status = join_spellings(f, &l, error);
  if (status == BYLINE_OK)
    status = keep(&l, request, memory, facet, error);
  free_values(&l);
  return status;
}

byline_status facets_read(const facets *f, arena *memory,
                          byline_results *results, byline_error *error) {
  if (!f)
    return BYLINE_OK;
  byline_facet *list = arena_array(memory, f->count, sizeof *list);
  if (!list)
    return error_no_memory(error);
  for (size_t i = 0; i < f->count; i++) {
    byline_status status =
        read_one(f, &f->requests[i], memory, &list[i], error);
    if (status != BYLINE_OK)
      return status;
  }
  results->facets = list;
  results->facet_count = f->count;
  return BYLINE_OK;
}

// Allocations that fail, one after the other, in every function: it says so,
// it leaks nothing, and everything can still be released. And what takes no
// more memory where there is more of something.
#include <algorithm>
#include <cstdlib>
#include <new>

#include "test_shim_support.h"

extern "C" {
__attribute__((weak)) void __lsan_disable(void);
__attribute__((weak)) void __lsan_enable(void);
}

// ---- An allocator that fails on request ----

namespace {

long live;           // blocks that were allocated and not released
size_t largest;      // of those asked for
long countdown = -1; // allocations until one fails; negative: none does
bool failed;         // one did

void *allocate(size_t size) noexcept {
  largest = std::max(largest, size);
  if (countdown == 0) {
    failed = true;
    return nullptr;
  }
  if (countdown > 0)
    countdown--;
  void *block = std::malloc(size ? size : 1);
  if (block)
    live++;
  return block;
}

void release(void *block) noexcept {
  if (block)
    live--;
  std::free(block);
}

} // namespace

void *operator new(size_t size) {
  void *block = allocate(size);
  if (!block)
    throw std::bad_alloc();
  return block;
}
void *operator new[](size_t size) {
  return operator new(size);
}
void *operator new(size_t size, const std::nothrow_t &) noexcept {
  return allocate(size);
}
void *operator new[](size_t size, const std::nothrow_t &) noexcept {
  return allocate(size);
}
void operator delete(void *block) noexcept {
  release(block);
}
void operator delete[](void *block) noexcept {
  release(block);
}
void operator delete(void *block, size_t) noexcept {
  release(block);
}
void operator delete[](void *block, size_t) noexcept {
  release(block);
}

namespace {

// ---- What the functions work on: made anew for each try ----

struct objects {
  xap_database *database = nullptr;
  xap_writer *writer = nullptr;
  xap_document *document = nullptr;
  xap_stemmer *stemmer = nullptr;
  xap_query *query = nullptr;
  xap_query *result = nullptr;
  xap_parser *parser = nullptr;
  xap_enquire *enquire = nullptr;
  xap_matches *matches = nullptr;
  xap_facet *facet = nullptr;
};

void release_all(objects &o) {
  xap_matches_free(o.matches);
  xap_enquire_free(o.enquire);
  xap_facet_free(o.facet);
  xap_parser_free(o.parser);
  xap_query_free(o.query);
  xap_query_free(o.result);
  xap_stemmer_free(o.stemmer);
  xap_document_free(o.document);
  xap_writer_free(o.writer);
  xap_database_free(o.database);
  o = objects();
}

const char *db, *written, *compacted;

// Names longer than std::string keeps without allocating.
const char long_term[] = "a term that is longer than sixteen bytes";
const char long_field[] = "afieldthatislongerthansixteenbytes";

void nothing(objects &) {}

void with_database(objects &o) {
  OK(xap_database_open(&db, 1, &o.database, &error));
}

void with_document(objects &o) {
  OK(xap_document_new(&o.document, &error));
  const uint32_t positions[] = {1, 2};
  OK(xap_document_add_postings(o.document, str(long_term), positions, 2, 1,
                               &error));
  OK(xap_document_add_value(o.document, 1, str(long_term), &error));
  OK(xap_document_set_data(o.document, str(long_term), &error));
}

void with_stored(objects &o) {
  with_database(o);
  OK(xap_database_document(o.database, 1, &o.document, &error));
}

void with_writer(objects &o) {
  with_document(o);
  OK(xap_writer_open(written, XAP_OVERWRITE, &o.writer, &error));
}

void with_changes(objects &o) {
  with_writer(o);
  // Without values: when memory runs out as glass writes those, in a
  // destructor, the program ends.
  OK(xap_document_add_value(o.document, 1, str(""), &error));
  OK(xap_writer_add(o.writer, o.document, nullptr, &error));
}

void with_transaction(objects &o) {
  with_writer(o);
  OK(xap_document_add_value(o.document, 1, str(""), &error));
  OK(xap_writer_begin_transaction(o.writer, &error));
  OK(xap_writer_add(o.writer, o.document, nullptr, &error));
}

void with_query(objects &o) {
  OK(xap_query_term(str("cat"), 1, 1, &o.query, &error));
}

byline_status a_field(void *, byline_string text, xap_query **query,
                      byline_error *error) {
  return xap_query_term(text, 1, 0, query, error);
}

void with_parser(objects &o) {
  with_database(o);
  OK(xap_stemmer_new("en", &o.stemmer, &error));
  OK(xap_parser_new(&o.parser, &error));
  OK(xap_parser_set_database(o.parser, o.database, &error));
  OK(xap_parser_add_prefix(o.parser, "title", "S", &error));
  OK(xap_parser_add_field(o.parser, "source", a_field, nullptr, &error));
}

void with_enquire(objects &o) {
  with_database(o);
  with_query(o);
  OK(xap_enquire_new(o.database, &o.enquire, &error));
  OK(xap_enquire_set_query(o.enquire, o.query, &error));
}

void with_everything(objects &o) {
  with_enquire(o);
  const xap_sort_key keys[] = {{SLOT_DATE, false}, {SLOT_SOURCE, true}};
  OK(xap_enquire_set_sort(o.enquire, keys, 2, true, &error));
  OK(xap_facet_new(SLOT_TAGS, ';', 0, &o.facet, &error));
  OK(xap_enquire_add_facet(o.enquire, o.facet, &error));
}

byline_status same_key(void *, byline_string value, byline_string *key,
                       byline_error *) {
  *key = value;
  return BYLINE_OK;
}

void with_made_keys(objects &o) {
  with_enquire(o);
  OK(xap_enquire_set_sort_by(o.enquire, SLOT_DATE, same_key, nullptr, true,
                             &error));
}

void with_matches(objects &o) {
  with_everything(o);
  OK(xap_enquire_matches(o.enquire, 0, 10, 10, &o.matches, &error));
}

// ---- The functions ----

struct trial {
  const char *name;
  void (*prepare)(objects &);
  byline_status (*run)(objects &, byline_error *);
  // Xapian 1.4.22 itself leaks when memory runs out.
  bool leaks = false;
};

int ignore_string(void *, byline_string) {
  return 0;
}
int ignore_term(void *, byline_string, uint32_t) {
  return 0;
}
int ignore_position(void *, uint32_t) {
  return 0;
}
int ignore_value(void *, uint32_t, byline_string) {
  return 0;
}
int ignore_posting(void *, uint32_t, uint32_t) {
  return 0;
}
int ignore_weight(void *, byline_string, double) {
  return 0;
}
int keep_all(void *, byline_string) {
  return 1;
}

#define TRIAL_(prepare, leaks, function, ...)                                  \
  {                                                                            \
#function, prepare,                                                         \
   [](objects &o, byline_error *e) -> byline_status {                          \
     (void)o;                                                                  \
     return function(__VA_ARGS__, e);                                          \
   },                                                                          \
   leaks  \
  }
#define TRIAL(prepare, ...) TRIAL_(prepare, false, __VA_ARGS__)
#define LEAKY(prepare, ...) TRIAL_(prepare, true, __VA_ARGS__)

const uint32_t two[] = {1, 2};
const byline_string words[] = {{long_term, sizeof long_term - 1}, {"the", 3}};
const xap_sort_key keys[] = {{SLOT_DATE, false}};
xap_statistics statistics;
uint32_t number;
size_t faults;
byline_string stem;

const trial
    trials
        [] =
            {
                {"xap_document_new", nothing,
                 [](objects &o, byline_error *e) {
                   return xap_document_new(&o.document, e);
                 }},
                TRIAL(with_document, xap_document_set_data, o.document,
                      str(long_term)),
                TRIAL(with_document, xap_document_add_term, o.document,
                      str("new"), 1),
                TRIAL(with_document, xap_document_add_postings, o.document,
                      str("new"), two, 2, 1),
                TRIAL(with_document, xap_document_remove_term, o.document,
                      str(long_term)),
                TRIAL(with_document, xap_document_add_value, o.document, 2,
                      str(long_term)),
                TRIAL(with_stored, xap_document_data, o.document, ignore_string,
                      nullptr),
                TRIAL(with_stored, xap_document_value, o.document, 0,
                      ignore_string, nullptr),
                TRIAL(with_stored, xap_document_values, o.document,
                      ignore_value, nullptr),
                TRIAL(with_stored, xap_document_terms, o.document, ignore_term,
                      nullptr),
                TRIAL(with_stored, xap_document_positions, o.document,
                      str("the"), ignore_position, nullptr),
                TRIAL(nothing, xap_database_open, &db, 1, &o.database),
                TRIAL(with_database, xap_database_reopen, o.database, nullptr),
                TRIAL(with_database, xap_database_statistics, o.database,
                      &statistics),
                TRIAL(with_database, xap_database_term_frequency, o.database,
                      str("the"), &number),
                TRIAL(with_database, xap_database_terms, o.database, str(""),
                      ignore_term, nullptr),
                TRIAL(with_database, xap_database_postings, o.database,
                      str("the"), ignore_posting, nullptr),
                TRIAL(with_database, xap_database_positions, o.database, 1,
                      str("the"), ignore_position, nullptr),
                TRIAL(with_database, xap_database_value_frequency, o.database,
                      0, &number),
                TRIAL(with_database, xap_database_value_bounds, o.database, 0,
                      ignore_string, nullptr),
                TRIAL(with_database, xap_database_document, o.database, 1,
                      &o.document),
                TRIAL(with_database, xap_database_metadata, o.database,
                      str("color"), ignore_string, nullptr),
                LEAKY(with_database, xap_database_metadata_keys, o.database,
                      str(""), ignore_string, nullptr),
                LEAKY(with_database, xap_database_spelling, o.database,
                      str("runing"), 2, ignore_string, nullptr),
                LEAKY(with_database, xap_database_spellings, o.database,
                      ignore_term, nullptr),
                TRIAL(nothing, xap_writer_open, written, XAP_OVERWRITE,
                      &o.writer),
                LEAKY(with_changes, xap_writer_commit, o.writer),
                LEAKY(with_changes, xap_writer_begin_transaction, o.writer),
                LEAKY(with_transaction, xap_writer_commit_transaction,
                      o.writer),
                TRIAL(with_transaction, xap_writer_cancel_transaction,
                      o.writer),
                TRIAL(with_writer, xap_writer_add, o.writer, o.document,
                      nullptr),
                LEAKY(with_changes, xap_writer_replace, o.writer,
                      str(long_term), o.document, nullptr),
                TRIAL(with_changes, xap_writer_replace_docid, o.writer, 1,
                      o.document),
                LEAKY(with_changes, xap_writer_delete, o.writer,
                      str(long_term)),
                TRIAL(with_changes, xap_writer_delete_docid, o.writer, 1),
                TRIAL(with_writer, xap_writer_set_metadata, o.writer,
                      str("key"), str(long_term)),
                TRIAL(with_writer, xap_writer_add_spelling, o.writer, size_t{0},
                      str(long_term), 1),
                TRIAL(with_writer, xap_writer_remove_spelling, o.writer,
                      size_t{0}, str(long_term), 1),
                TRIAL(nothing, xap_check, db, ignore_string, nullptr, &faults),
                TRIAL(nothing, xap_stemmer_new, "english", &o.stemmer),
                TRIAL(with_parser, xap_stemmer_stem, o.stemmer, str(long_term),
                      &stem),
                {"xap_query_all", nothing,
                 [](objects &o, byline_error *e) {
                   return xap_query_all(&o.query, e);
                 }},
                {"xap_query_nothing", nothing,
                 [](objects &o, byline_error *e) {
                   return xap_query_nothing(&o.query, e);
                 }},
                TRIAL(nothing, xap_query_term, str(long_term), 1, 1, &o.query),
                TRIAL(nothing, xap_query_wildcard, str(long_term), 1, &o.query),
                TRIAL(nothing, xap_query_value_range, 0, str(long_term),
                      str("z"), &o.query),
                {"xap_query_combine", with_query,
                 [](objects &o, byline_error *e) {
                   const xap_query *const parts[] = {o.query, o.query, o.query};
                   return xap_query_combine(XAP_PHRASE, parts, 3, 5, &o.result,
                                            e);
                 }},
                TRIAL(with_query, xap_query_scale, 2, o.query, &o.result),
                TRIAL(with_query, xap_query_description, o.query, ignore_string,
                      nullptr),
                TRIAL(with_query, xap_query_terms, o.query, ignore_string,
                      nullptr),
                {"xap_parser_new", nothing,
                 [](
                     objects &o, byline_error
                                     *e) { return xap_parser_new(&o.parser, e); }},
                TRIAL(with_parser, xap_parser_set_stemmer, o.parser, o.stemmer),
                TRIAL(with_parser, xap_parser_set_stopwords, o.parser, words,
                      2),
                TRIAL(with_parser, xap_parser_set_database,
                      o.parser, o.database),
                TRIAL(with_parser, xap_parser_set_default_op,
                      o.parser, XAP_AND),
                TRIAL(with_parser, xap_parser_set_max_expansion,
                      o.parser, 10, 10),
                TRIAL(with_parser, xap_parser_add_prefix,
                      o.parser, long_field, "XLONG"),
                TRIAL(with_parser, xap_parser_add_boolean_prefix,
                      o.parser, long_field, "XLONG", false),
                TRIAL(with_parser, xap_parser_add_field,
                      o.parser, long_field, a_field, nullptr),
                TRIAL(with_parser, xap_parser_corrected,
                      o.parser, ignore_string, nullptr),
                TRIAL(with_database, xap_enquire_new, o.database, &o.enquire),
                TRIAL(with_enquire, xap_enquire_set_query, o.enquire, o.query),
                TRIAL(with_enquire, xap_enquire_set_weight, o.enquire,
                      XAP_WEIGHT_TFIDF, nullptr, 0),
                TRIAL(with_enquire, xap_enquire_set_sort, o.enquire, keys, 1,
                      true),
                TRIAL(with_enquire, xap_enquire_set_sort_by, o.enquire,
                      SLOT_DATE, same_key, nullptr, true),
                TRIAL(with_enquire, xap_enquire_set_collapse, o.enquire, 0, 1),
                TRIAL(with_enquire, xap_enquire_set_cutoff, o.enquire, 1, 0),
                TRIAL(nothing, xap_facet_new, 0, ';', 0, &o.facet),
                TRIAL(with_everything, xap_enquire_add_facet, o.enquire,
                      o.facet),
                TRIAL(with_everything, xap_enquire_clear_facets, o.enquire),
                TRIAL(with_matches, xap_facet_values, o.facet, ignore_term,
                      nullptr),
                LEAKY(with_everything, xap_enquire_matches, o.enquire,
                      0, 10, 10, &o.matches),
                LEAKY(with_made_keys, xap_enquire_matches, o.enquire,
                      0, 10, 10, &o.matches),
                {"xap_matches_get", with_matches,
                 [](objects &o, byline_error *e) {
                   xap_match match;
                   return xap_matches_get(o.matches, 0, &match, e);
                 }},
                TRIAL(with_matches, xap_matches_document, o.matches, 0,
                      &o.document),
                TRIAL(with_matches, xap_enquire_matching_terms, o.enquire, 1,
                      ignore_string, nullptr),
                LEAKY(with_enquire, xap_enquire_expand, o.enquire, two, 2, 10,
                      keep_all, ignore_weight, nullptr),
                LEAKY(with_parser, xap_parser_parse, o.parser,
                      str("cat title:dog \"the log\" source:Times runing"),
                      XAP_PARSE_PHRASE | XAP_PARSE_BOOLEAN | XAP_PARSE_SPELLING,
                      &o.query),
};

// Tells LeakSanitizer, if it is there, to look away.
class leak_tolerance {
public:
  explicit leak_tolerance(bool on) : on_(on && __lsan_disable) {
    if (on_)
      __lsan_disable();
  }
  ~leak_tolerance() {
    if (on_)
      __lsan_enable();
  }

private:
  bool on_;
};

// Lets allocation number n fail; false when there was none.
bool fails_at(const trial &trial, long n) {
  leak_tolerance tolerance(trial.leaks);
  long before = live;
  objects o;
  trial.prepare(o);
  byline_error error = {0, "", 0};
  failed = false;
  countdown = n;
  byline_status status = trial.run(o, &error);
  countdown = -1;
  if (status != BYLINE_OK &&
      (status != BYLINE_NO_MEMORY || error.code != BYLINE_NO_MEMORY))
    fail_msg("%s, allocation %ld: %d %s", trial.name, n, status, error.message);
  if (status != BYLINE_OK && !failed)
    fail_msg("%s fails by itself: %s", trial.name, error.message);
  release_all(o);
  if (live != before && !trial.leaks)
    fail_msg("%s, allocation %ld: %ld blocks leak", trial.name, n,
             live - before);
  return failed;
}

void test_every_function(void **) {
  for (const trial &trial : trials) {
    // Once without a failure, for what is made once and kept.
    objects o;
    trial.prepare(o);
    OK(trial.run(o, &error));
    release_all(o);
    long n = 0;
    while (fails_at(trial, n))
      n++;
  }
}

// What was begun is removed, so that the next try can make it again.
void test_compacting(void **) {
  const char *const remove[] = {"rm", "-rf", compacted, nullptr};
  const trial trial = LEAKY(nothing, xap_compact, &db, 1, compacted, true);
  long n = 0;
  while (fails_at(trial, n)) {
    n++;
    assert_int_equal(run(remove), 0);
  }
  assert_true(n > 0);
}

// ---- Words that begin alike ----

enum { WORDS = 20000, STEP = 1000, CHOSEN = 10 };

// The words, every STEP-th of them twice.
void build_words(const char *name) {
  xap_writer *writer = nullptr;
  OK(xap_writer_open(path(name), XAP_OVERWRITE, &writer, &error));
  for (int step = 1; step <= STEP; step += STEP - 1) {
    xap_document *document = nullptr;
    OK(xap_document_new(&document, &error));
    for (int i = 0; i < WORDS; i += step) {
      char word[16];
      snprintf(word, sizeof word, "w%05d", i);
      OK(xap_document_add_term(document, str(word), 1, &error));
    }
    OK(xap_writer_add(writer, document, nullptr, &error));
    xap_document_free(document);
  }
  OK(xap_writer_commit(writer, &error));
  xap_writer_free(writer);
}

// A search for what a word not typed to its end stands for, in both databases.
void with_partial_word(objects &o) {
  const char *const both[] = {path("words0"), path("words1")};
  build_words("words0");
  build_words("words1");
  OK(xap_database_open(both, 2, &o.database, &error));
  OK(xap_parser_new(&o.parser, &error));
  OK(xap_parser_set_database(o.parser, o.database, &error));
  OK(xap_parser_set_max_expansion(o.parser, CHOSEN, CHOSEN, &error));
  OK(xap_parser_parse(o.parser, str("w"), XAP_PARSE_PARTIAL, &o.query, &error));
  OK(xap_enquire_new(o.database, &o.enquire, &error));
}

void test_a_partial_word_takes_memory_for_few(void **) {
  constexpr size_t most = 64 * 1024;
  objects o;
  with_partial_word(o);
  largest = 0;
  OK(xap_enquire_set_query(o.enquire, o.query, &error));
  assert_in_range(largest, 1, most);
  OK(xap_enquire_matches(o.enquire, 0, 10, 0, &o.matches, &error));
  LISTS("w00000 w01000 w02000 w03000 w04000 w05000 w06000 w07000 w08000 w09000",
        xap_enquire_matching_terms(o.enquire, 1, list_string, &got, &error));
  release_all(o);
}

int set_up(void **state) {
  if (scratch_make(state))
    return -1;
  sample_build("db");
  static char paths[3][512];
  const char *const names[] = {"db", "written", "compacted"};
  for (int i = 0; i < 3; i++)
    strcpy(paths[i], path(names[i]));
  db = paths[0];
  written = paths[1];
  compacted = paths[2];
  return 0;
}

} // namespace

int main() {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_function),
      cmocka_unit_test(test_compacting),
      cmocka_unit_test(test_a_partial_word_takes_memory_for_few),
  };
  return cmocka_run_group_tests(tests, set_up, scratch_remove);
}

#include "search/query.h"

#include <string.h>

#include "analyze/language.h"
#include "analyze/whole.h"
#include "base/error.h"
#include "base/utf8.h"
#include "index/schema.h"
#include "search/by_language.h"
#include "search/dates.h"
#include "search/exclude.h"
#include "search/facts.h"
#include "search/filters.h"
#include "search/relax.h"
#include "search/stop.h"
#include "search/wildcard.h"

/* ---- Fields ------------------------------------------------------------ */

/* What field_query needs: which field, on what. */
typedef struct field {
  const char *name;
  const char *prefix;
  size_t digits; /* that it must have; 0: any text */
} field;

static const field term_fields[] = {
    {"year", PREFIX_YEAR, 4},
    {"month", PREFIX_MONTH, 6},
    {"keyword", PREFIX_KEYWORD, 0},
    {"id", PREFIX_ID, 0},
};

static byline_status term_field(void *user, byline_string text,
                                xap_query **query, byline_error *error) {
  const field *f = user;
  if (strcmp(f->name, "keyword") == 0) {
    byline_status status = wildcard_value(f->prefix, text, query, error);
    if (status != BYLINE_OK || *query)
      return status;
  }
  if (f->digits == 0)
    return filter_term(f->prefix, text, true, query, error);
  char plain[16];
  if (!dates_digits(text, f->digits, plain))
    return error_set(error, BYLINE_BAD_QUERY,
                     "'%.*s' is no %s; give year:2017 or month:2017-11, or "
                     "several as date:2016..2018",
                     (int)utf8_cut(text.data, text.length, 80), text.data,
                     f->name);
  return filter_term(f->prefix, (byline_string){plain, f->digits}, false, query,
                     error);
}

typedef struct whole_field {
  const char *name;
  const char *prefix;
  whole_kind kind;
} whole_field;

static const whole_field whole_fields[] = {
    {"hashtag", PREFIX_HASHTAG, WHOLE_HASHTAG},
    {"handle", PREFIX_HANDLE, WHOLE_HANDLE},
    {"link", PREFIX_LINK, WHOLE_LINK},
    {"email", PREFIX_EMAIL, WHOLE_EMAIL},
};

enum { WHOLE_FIELDS = sizeof whole_fields / sizeof *whole_fields };

/* What the callback of such a field needs. */
typedef struct whole_use {
  const whole_field *field;
  const byline_database *db;
} whole_use;

static byline_status whole_term(void *user, byline_string text,
                                xap_query **query, byline_error *error) {
  const whole_use *use = user;
  buf folded = BUF_INIT;
  byline_status status =
      whole_fold(use->db->analyzer, use->field->kind, text, &folded, error);
  if (status == BYLINE_OK && text.length > 0 &&
      text.data[text.length - 1] == '*')
    status =
        wildcard_value(use->field->prefix, buf_string(&folded), query, error);
  if (status == BYLINE_OK && !*query)
    status = filter_term(use->field->prefix, buf_string(&folded), true, query,
                         error);
  buf_free(&folded);
  return status;
}

static byline_status language_field(void *user, byline_string text,
                                    xap_query **query, byline_error *error) {
  (void)user;
  char name[64], code[LANGUAGE_CODE_SIZE] = "";
  if (text.length < sizeof name) {
    memcpy(name, text.data, text.length);
    name[text.length] = '\0';
    language_code(name, code);
  }
  if (!*code)
    return error_set(error, BYLINE_BAD_QUERY,
                     "language: takes a code such as en, or a name such as "
                     "english");
  return filter_term(PREFIX_LANGUAGE, (byline_string){code, strlen(code)},
                     false, query, error);
}

static byline_status author_field(void *user, byline_string text,
                                  xap_query **query, byline_error *error) {
  return filter_author(user, text, query, error);
}

static byline_status source_field(void *user, byline_string text,
                                  xap_query **query, byline_error *error) {
  return filter_source(user, text, query, error);
}

static byline_status date_field(void *user, byline_string text,
                                xap_query **query, byline_error *error) {
  const byline_search_request *request = user;
  return dates_field(text, request->now, query, error);
}

static void *untyped(const void *pointer) {
  return (void *)(uintptr_t)pointer; /* for callbacks that only read it */
}

static byline_status add_whole_fields(const byline_database *db,
                                      xap_parser *parser,
                                      whole_use uses[WHOLE_FIELDS],
                                      byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < WHOLE_FIELDS; i++) {
    uses[i] = (whole_use){&whole_fields[i], db};
    status = xap_parser_add_field(parser, whole_fields[i].name, whole_term,
                                  &uses[i], error);
  }
  return status;
}

static byline_status add_fields(const byline_database *db,
                                const byline_search_request *request,
                                xap_parser *parser, byline_error *error) {
  byline_status status =
      xap_parser_add_prefix(parser, "title", PREFIX_TITLE, error);
  if (status == BYLINE_OK)
    status = xap_parser_add_prefix(parser, "author", PREFIX_AUTHOR, error);
  for (size_t i = 0;
       status == BYLINE_OK && i < sizeof term_fields / sizeof *term_fields; i++)
    status = xap_parser_add_field(parser, term_fields[i].name, term_field,
                                  untyped(&term_fields[i]), error);
  if (status == BYLINE_OK)
    status = xap_parser_add_field(parser, "byline", author_field, untyped(db),
                                  error);
  if (status == BYLINE_OK)
    status = xap_parser_add_field(parser, "source", source_field, untyped(db),
                                  error);
  if (status == BYLINE_OK)
    status =
        xap_parser_add_field(parser, "language", language_field, NULL, error);
  if (status == BYLINE_OK)
    status = xap_parser_add_field(parser, "date", date_field, untyped(request),
                                  error);
  return status;
}

/* ---- Words ------------------------------------------------------------- */

byline_status query_language(const byline_database *db,
                             const byline_search_request *request,
                             char language[DATABASE_LANGUAGE_SIZE],
                             byline_error *error) {
  const facts *f = NULL;
  const char *chosen = request->language;
  byline_status status = chosen ? BYLINE_OK : facts_get(db, &f, error);
  if (status != BYLINE_OK)
    return status;
  if (!chosen)
    chosen = f->language;
  if (strlen(chosen) >= DATABASE_LANGUAGE_SIZE)
    return error_set(error, BYLINE_INVALID, "'%.40s' is no language", chosen);
  memcpy(language, chosen, strlen(chosen) + 1);
  return BYLINE_OK;
}

static byline_status set_up(const byline_database *db,
                            const byline_search_request *request,
                            const char *language, bool stop, xap_parser *parser,
                            byline_error *error) {
  xap_stemmer *stemmer = NULL;
  byline_status status = xap_stemmer_new(language, &stemmer, error);
  if (status == BYLINE_OK)
    status = xap_parser_set_stemmer(parser, stemmer, error);
  else if (status == BYLINE_INVALID)
    status = BYLINE_OK; /* a language without stems */
  xap_stemmer_free(stemmer);
  if (status == BYLINE_OK)
    status = xap_parser_set_database(parser, db->database, error);
  if (status == BYLINE_OK)
    status = xap_parser_set_default_op(parser, request->any ? XAP_OR : XAP_AND,
                                       error);
  if (status == BYLINE_OK)
    status =
        xap_parser_set_max_expansion(parser, WILDCARD_MAX, PARTIAL_MAX, error);
  if (status == BYLINE_OK && stop)
    status = stop_words(parser, db->analyzer, language, error);
  return status == BYLINE_OK ? add_fields(db, request, parser, error) : status;
}

/* Xapian's own words for a syntax error say little to people. */
static void explain(byline_error *error) {
  static const char syntax[] = "Syntax: ";
  if (!error || strncmp(error->message, syntax, sizeof syntax - 1) != 0)
    return;
  byline_error xapian = *error;
  error_set(error, BYLINE_BAD_QUERY,
            "the query is not complete, it should be: %s; to search for the "
            "word AND, OR, NOT or XOR itself, write it in lower case",
            xapian.message + sizeof syntax - 1);
}

/* What QueryParser is to look for besides words. */
static byline_status find_flags(const byline_database *db,
                                const byline_search_request *request,
                                unsigned *flags, byline_error *error) {
  const facts *f;
  byline_status status = facts_get(db, &f, error);
  if (status != BYLINE_OK)
    return status;
  *flags = XAP_PARSE_BOOLEAN | XAP_PARSE_PHRASE | XAP_PARSE_LOVEHATE |
           XAP_PARSE_WILDCARD | XAP_PARSE_PURE_NOT | XAP_PARSE_SYNONYM;
  if (request->partial)
    *flags |= XAP_PARSE_PARTIAL;
  if (f->synonyms && !request->no_synonyms)
    *flags |= XAP_PARSE_AUTO_SYNONYMS | XAP_PARSE_AUTO_MULTIWORD_SYNONYMS;
  return BYLINE_OK;
}

/* Of synonyms that are several words. */
static byline_status part_terms(xap_query **query, byline_error *error) {
  xap_query *parted = NULL;
  byline_status status = xap_query_part_terms(*query, &parted, error);
  xap_query_free(*query);
  *query = parted;
  return status;
}

static byline_status parse(const byline_database *db,
                           const byline_search_request *request,
                           const char *language, query_lack *lack,
                           xap_query **query, byline_error *error) {
  unsigned flags = 0;
  buf text = BUF_INIT;
  xap_parser *parser = NULL;
  whole_use uses[WHOLE_FIELDS]; /* as long as the parser */
  /* It says what languages there are. */
  byline_status status = analyzer_set_language(db->analyzer, language, error);
  analyzer_set_exact_accents(db->analyzer, request->exact_accents);
  analyzer_set_any(db->analyzer, request->any);
  if (status == BYLINE_OK)
    status =
        analyzer_query(db->analyzer, request->query.data, request->query.length,
                       SCHEMA_VALUE_FIELDS, &text, error);
  if (status == BYLINE_OK && !exclude_alone(&text))
    status = error_no_memory(error);
  if (status == BYLINE_OK)
    status = xap_parser_new(&parser, error);
  if (status == BYLINE_OK)
    status = set_up(db, request, language, request->any || lack, parser, error);
  if (status == BYLINE_OK)
    status = add_whole_fields(db, parser, uses, error);
  if (status == BYLINE_OK)
    dates_join(text.data, text.length);
  if (status == BYLINE_OK)
    status = find_flags(db, request, &flags, error);
  if (status == BYLINE_OK)
    status = xap_parser_parse(parser, buf_string(&text), flags, query, error);
  if (status == BYLINE_OK)
    status = part_terms(query, error);
  if (status == BYLINE_BAD_QUERY)
    explain(error);
  if (status == BYLINE_OK && lack)
    status = relax(query, lack, error);
  xap_parser_free(parser);
  buf_free(&text);
  return status;
}

/* ---- Filters ----------------------------------------------------------- */

byline_status query_join(xap_operator op, xap_query **query, xap_query *part,
                         byline_error *error) {
  const xap_query *parts[] = {*query, part};
  xap_query *both = NULL;
  byline_status status = xap_query_combine(op, parts, 2, 0, &both, error);
  xap_query_free(part);
  if (status == BYLINE_OK) {
    xap_query_free(*query);
    *query = both;
  }
  return status;
}

static byline_string text_of(const char *text) {
  return (byline_string){text, text ? strlen(text) : 0};
}

static byline_status any_author(const byline_database *db,
                                const byline_search_request *request,
                                xap_query **filter, byline_error *error) {
  byline_status status =
      filter_author(db, text_of(request->authors[0]), filter, error);
  for (size_t i = 1; status == BYLINE_OK && i < request->author_count; i++) {
    xap_query *next = NULL;
    status = filter_author(db, text_of(request->authors[i]), &next, error);
    if (status == BYLINE_OK)
      status = query_join(XAP_OR, filter, next, error);
  }
  return status;
}

byline_status query_narrow(const byline_database *db,
                           const byline_search_request *request,
                           xap_query **query, byline_error *error) {
  xap_query *filter = NULL;
  byline_status status = BYLINE_OK;
  if (request->author_count > 0) {
    status = any_author(db, request, &filter, error);
    if (status == BYLINE_OK)
      status = query_join(XAP_FILTER, query, filter, error);
    else
      xap_query_free(filter);
  }
  if (status == BYLINE_OK && ((request->since && *request->since) ||
                              (request->until && *request->until))) {
    status = dates_between(text_of(request->since), text_of(request->until),
                           request->now, &filter, error);
    if (status == BYLINE_OK)
      status = query_join(XAP_FILTER, query, filter, error);
  }
  if (status == BYLINE_OK && request->source) {
    status = filter_source(db, text_of(request->source), &filter, error);
    if (status == BYLINE_OK)
      status = query_join(XAP_FILTER, query, filter, error);
  }
  return status;
}

/* ---- The whole --------------------------------------------------------- */

typedef struct request_of {
  const byline_database *db;
  const byline_search_request *request;
  query_lack *lack;
} request_of;

static byline_status parse_in(void *user, const char *language,
                              xap_query **query, byline_error *error) {
  const request_of *r = user;
  return parse(r->db, r->request, language, r->lack, query, error);
}

bool query_is_blank(const byline_search_request *request) {
  for (size_t i = 0; i < request->query.length; i++)
    if (!memchr(" \t\r\n*", request->query.data[i], 5))
      return false;
  return true;
}

byline_status query_words(const byline_database *db,
                          const byline_search_request *request,
                          const char *language, query_lack *lack,
                          xap_query **query, byline_error *error) {
  request_of r = {db, request, lack};
  if (query_is_blank(request))
    return xap_query_all(query, error);
  if (*language)
    return parse(db, request, language, lack, query, error);
  return by_language_combine(db, parse_in, &r, query, error);
}

byline_status query_make(const byline_database *db,
                         const byline_search_request *request,
                         const char *language, xap_query **query,
                         byline_error *error) {
  xap_query *made = NULL;
  byline_status status = query_words(db, request, language, NULL, &made, error);
  if (status == BYLINE_OK)
    status = query_narrow(db, request, &made, error);
  if (status == BYLINE_OK)
    *query = made;
  else
    xap_query_free(made);
  return status;
}

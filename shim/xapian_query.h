/* Queries and their parser, in C; for xapian_shim.h, which says how it all
 * works, and which is to be included instead.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef XAPIAN_QUERY_H
#define XAPIAN_QUERY_H

#include <stdbool.h>

#include "byline/types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef int (*xap_string_fn)(void *user, byline_string value);
typedef int (*xap_term_fn)(void *user, byline_string term, uint32_t frequency);
typedef int (*xap_position_fn)(void *user, uint32_t position);
typedef int (*xap_value_fn)(void *user, uint32_t slot, byline_string value);
typedef int (*xap_posting_fn)(void *user, uint32_t docid, uint32_t wdf);
typedef int (*xap_weight_fn)(void *user, byline_string term, double weight);

typedef struct xap_database xap_database;
typedef struct xap_stemmer xap_stemmer;

/* ---- Queries (query.cc) ------------------------------------------------ */

typedef struct xap_query xap_query;

typedef enum xap_operator {
  XAP_AND,
  XAP_OR,
  XAP_AND_NOT,
  XAP_XOR,
  XAP_AND_MAYBE,
  XAP_FILTER, /* AND without the weight of the right side */
  XAP_NEAR,
  XAP_PHRASE,
  XAP_ELITE_SET,
  XAP_SYNONYM,
  XAP_MAX
} xap_operator;

byline_status xap_query_all(xap_query **query, byline_error *error);
byline_status xap_query_nothing(xap_query **query, byline_error *error);
byline_status xap_query_term(byline_string term, uint32_t wqf,
                             uint32_t position, xap_query **query,
                             byline_error *error);
/* Every term that begins with prefix, as synonyms; more than limit (0: any
 * number) is BYLINE_BAD_QUERY when the query runs. */
byline_status xap_query_wildcard(byline_string prefix, uint32_t limit,
                                 xap_query **query, byline_error *error);
/* Documents whose value is in [low, high], compared as bytes; an empty low or
 * high is open. Documents without a value never match. */
byline_status xap_query_value_range(uint32_t slot, byline_string low,
                                    byline_string high, xap_query **query,
                                    byline_error *error);
typedef struct xap_step {
  byline_string from; /* the least value, compared as bytes */
  double weight;
} xap_step;
/* Documents with a value in this slot, each with the weight of the last step
 * that its value reaches; 0 below the first. Steps are in ascending order. Not
 * for remote databases: BYLINE_UNSUPPORTED when the query runs. */
byline_status xap_query_value_steps(uint32_t slot, const xap_step *steps,
                                    size_t count, xap_query **query,
                                    byline_error *error);
/* window is for XAP_NEAR, XAP_PHRASE and XAP_ELITE_SET; 0 else. */
byline_status xap_query_combine(xap_operator op, const xap_query *const *parts,
                                size_t count, uint32_t window,
                                xap_query **query, byline_error *error);
byline_status xap_query_scale(double factor, const xap_query *part,
                              xap_query **query, byline_error *error);
/* Xapian's synonyms are single terms. Here terms with spaces, which no document
 * has, become phrases of the words between the spaces. */
byline_status xap_query_part_terms(const xap_query *from, xap_query **query,
                                   byline_error *error);
void xap_query_free(xap_query *query);
bool xap_query_is_empty(const xap_query *query);
/* Whether it is of this operator; never for terms, ranges and the like. */
bool xap_query_is(const xap_query *query, xap_operator op);
/* What it is made of; 0 for terms, ranges and the like. */
size_t xap_query_part_count(const xap_query *query);
byline_status xap_query_part(const xap_query *query, size_t index,
                             xap_query **part, byline_error *error);
/* The sum of the wqf of its terms. */
uint32_t xap_query_length(const xap_query *query);
/* The same of one term in what a document with these terms of the query
 * matches, where its weight is not scaled. Phrases and values count as
 * matched. */
uint32_t xap_query_wqf(const xap_query *query, byline_string term,
                       const byline_string *present, size_t count);
/* Xapian's own notation, as "Query((Zfoo@1 AND bar@2))". */
byline_status xap_query_description(const xap_query *query, xap_string_fn fn,
                                    void *user, byline_error *error);
/* Each different term of the query once. */
byline_status xap_query_terms(const xap_query *query, xap_string_fn fn,
                              void *user, byline_error *error);

/* ---- Xapian's QueryParser (parser.cc) ---------------------------------- */

typedef struct xap_parser xap_parser;

enum { /* Xapian::QueryParser's, by the same names */
       XAP_PARSE_BOOLEAN = 1,
       XAP_PARSE_PHRASE = 2,
       XAP_PARSE_LOVEHATE = 4,
       XAP_PARSE_BOOLEAN_ANY_CASE = 8,
       XAP_PARSE_WILDCARD = 16,
       XAP_PARSE_PURE_NOT = 32,
       XAP_PARSE_PARTIAL = 64,
       XAP_PARSE_SPELLING = 128,
       XAP_PARSE_SYNONYM = 256,
       XAP_PARSE_AUTO_SYNONYMS = 512,
       XAP_PARSE_AUTO_MULTIWORD_SYNONYMS = 1024,
       XAP_PARSE_CJK_NGRAM = 2048
};

byline_status xap_parser_new(xap_parser **parser, byline_error *error);
void xap_parser_free(xap_parser *parser);
/* Stem strategy STEM_SOME. stemmer may be released afterwards. */
byline_status xap_parser_set_stemmer(xap_parser *parser,
                                     const xap_stemmer *stemmer,
                                     byline_error *error);
/* Words left out of a query unless there are no others. */
byline_status xap_parser_set_stopwords(xap_parser *parser,
                                       const byline_string *words, size_t count,
                                       byline_error *error);
/* For wildcards, partial words, spelling and synonyms. Where it is several
 * databases, XOR becomes AND_NOT and OR, as Xapian may crash on it; so much of
 * it that the query would become too large is BYLINE_UNSUPPORTED. */
byline_status xap_parser_set_database(xap_parser *parser,
                                      const xap_database *database,
                                      byline_error *error);
/* XAP_AND, XAP_OR, XAP_NEAR, XAP_PHRASE, ...: as Xapian allows. */
byline_status xap_parser_set_default_op(xap_parser *parser, xap_operator op,
                                        byline_error *error);
/* A wildcard that stands for more terms is BYLINE_BAD_QUERY when the query
 * runs; a partial word stands for the most frequent ones. */
byline_status xap_parser_set_max_expansion(xap_parser *parser, uint32_t terms,
                                           uint32_t partial_terms,
                                           byline_error *error);
/* field: as typed before the colon, "" for plain words. */
byline_status xap_parser_add_prefix(xap_parser *parser, const char *field,
                                    const char *prefix, byline_error *error);
/* A filter. With exclusive, several of one field are joined by OR, else by
 * AND. */
byline_status xap_parser_add_boolean_prefix(xap_parser *parser,
                                            const char *field,
                                            const char *prefix, bool exclusive,
                                            byline_error *error);
/* A filter whose query fn makes of the text behind the colon; fn gives the
 * query away. Should fn fail, parsing fails with its status. fn gets an error
 * to fill in. */
typedef byline_status (*xap_field_fn)(void *user, byline_string text,
                                      xap_query **query, byline_error *error);
byline_status xap_parser_add_field(xap_parser *parser, const char *field,
                                   xap_field_fn fn, void *user,
                                   byline_error *error);
/* BYLINE_BAD_QUERY with Xapian's words for a syntax error. */
byline_status xap_parser_parse(xap_parser *parser, byline_string text,
                               unsigned flags, xap_query **query,
                               byline_error *error);
/* Of the last parse with XAP_PARSE_SPELLING; empty when nothing is better. */
byline_status xap_parser_corrected(const xap_parser *parser, xap_string_fn fn,
                                   void *user, byline_error *error);

#ifdef __cplusplus
}
#endif
#endif

/* What a JSON object means as an article. One case is an object and its
 * article, as ID|TITLE|DECKS|AUTHORS|AFFILIATION|DATE|LANGUAGE|SECTION|
 * KEYWORDS|URL|TEXT with ";" in lists; empty ends are left off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read/article_graph.h"
#include "read/article_json.h"

static void add(buf *out, byline_string s) {
  buf_add_char(out, '|');
  buf_add_str(out, s);
}

static void add_list(buf *out, const byline_string *items, size_t count) {
  buf_add_char(out, '|');
  for (size_t i = 0; i < count; i++) {
    buf_add_string(out, i > 0 ? ";" : "");
    buf_add_str(out, items[i]);
  }
}

static void render(buf *out, const byline_article *a) {
  buf_add_str(out, a->id);
  add(out, a->title);
  add_list(out, a->decks, a->deck_count);
  add_list(out, a->authors, a->author_count);
  add(out, a->affiliation);
  add(out, a->date);
  add(out, a->language);
  add(out, a->section);
  add_list(out, a->keywords, a->keyword_count);
  add(out, a->url);
  add(out, a->text);
  while (out->length > 0 && out->data[out->length - 1] == '|')
    out->data[--out->length] = '\0';
}

static void expect(const char *json, const char *wanted) {
  json_t *object = json_loads(json, JSON_ALLOW_NUL, NULL);
  draft d = DRAFT_INIT;
  buf out = BUF_INIT;
  bool found;
  assert_non_null(object);
  assert_int_equal(article_json(object, &d, &found, NULL), BYLINE_OK);
  buf_add_string(&out, "");
  render(&out, draft_finish(&d, 1, "application/json"));
  assert_string_equal(out.data, wanted);
  assert_int_equal(found, d.title.length > 0 || d.text.length > 0);
  buf_free(&out);
  draft_free(&d);
  json_decref(object);
}

static void fields_have_many_names(void **state) {
  (void)state;
  expect("{\"_id\": {\"$oid\": \"5f\"}, \"Headline\": \"T\"}", "5f|T");
  expect("{\"name\": \"N\", \"title\": \"T\"}", "|T");
  expect("{\"Article-Body\": \"x\"}", "||||||||||x");
  expect("{\"text\": \"\", \"body\": \"x\"}", "||||||||||x");
  expect("{\"summary\": \"s\", \"content\": \"x\"}", "||||||||||x");
  expect("{\"summary\": \"s\"}", "||||||||||s");
  expect("{\"article\": \"x\"}", "||||||||||x");
  expect("{\"title\": \"T\", \"standfirst\": \"D\"}", "|T|D");
  expect("{\"title\": \"T\", \"lang\": \"en_US\", \"section\": [\"A\", \"B\"]}",
         "|T|||||en|A");
  expect("{\"title\": \"T\", \"language\": \"English\"}", "|T");
  expect("{\"title\": \"T\", \"categories\": [3], \"tags\": [4]}", "|T");
  expect("{\"title\": \"T\", \"link\": \"no url\"}", "|T");
  expect("{\"title\": \" a \\u00a0b\\n c\"}", "|a b c");
  expect("{\"title\": null, \"text\": {}, \"x\": 1}", "");
}

static void authors_come_in_many_shapes(void **state) {
  (void)state;
  expect("{\"author\": \"By Jane Doe and John Roe, Reuters\"}",
         "|||Jane Doe;John Roe|Reuters");
  expect("{\"author\": \"admin of the day!\"}", "|||admin of the day!");
  expect("{\"author\": [\"Jane Doe\", \"Jane Doe\", \"Doe, John\"]}",
         "|||Jane Doe;Doe, John");
  expect("{\"author\": {\"name\": \"Jane Doe\", \"affiliation\": "
         "{\"name\": \"AP\"}}}",
         "|||Jane Doe|AP");
  expect("{\"authors\": [{\"given\": \"Jane\", \"family\": \"Doe\"}, "
         "{\"name\": [\"John Roe\"]}]}",
         "|||Jane Doe;John Roe");
  expect("{\"byline\": {\"original\": \"By Jane Doe\", \"person\": []}}",
         "|||Jane Doe");
  expect("{\"author\": \"jane@a.example (Jane Doe)\"}", "|||Jane Doe");
  expect("{\"author\": \"jane@a.example\"}", "");
  expect("{\"author\": \"https://a.example/jane\"}", "");
  expect("{\"author\": 17}", "");
  expect("{\"author\": \"None\"}", "");
}

static void dates_are_right_or_absent(void **state) {
  (void)state;
  expect("{\"date\": \"2020\"}", "|||||2020");
  expect("{\"date\": 2020}", "|||||2020");
  expect("{\"date\": 20201020}", "|||||2020-10-20");
  expect("{\"date\": 1603202585}", "");
  expect("{\"timestamp\": 1603202585}", "|||||2020-10-20T14:03:05");
  expect("{\"timestamp\": \"1603202585\"}", "|||||2020-10-20T14:03:05");
  expect("{\"timestamp\": 12}", "");
  expect("{\"date\": {\"$date\": 1603202585000}}", "|||||2020-10-20T14:03:05");
  expect("{\"date\": {\"$date\": {\"$numberLong\": \"1603202585000\"}}}",
         "|||||2020-10-20T14:03:05");
  expect("{\"created\": \"2019-01-01\", \"date\": \"2020-01-01\", "
         "\"datePublished\": \"2021-01-01\", \"dateModified\": \"2022\"}",
         "|||||2021-01-01");
  expect("{\"datePublished\": \"soon\", \"date\": \"2020-01-01\"}",
         "|||||2020-01-01");
}

static void bodies_may_be_html(void **state) {
  (void)state;
  expect("{\"text\": \"<p>a</p><p>b</p>\"}", "||||||||||a\n\nb");
  expect("{\"text\": \"a <b> c <GM> d\"}", "||||||||||a <b> c <GM> d");
  expect("{\"text\": \"<GM> rose\"}", "||||||||||<GM> rose");
  expect("{\"text\": \"AT&amp;T\\n\\nrose\"}", "||||||||||AT&T\n\nrose");
  expect("{\"text\": \"AT&T rose\"}", "||||||||||AT&T rose");
  expect("{\"text\": \"one <i>a</i>\\n\\ntwo\\r\\n\\r\\n\"}",
         "||||||||||one a\n\ntwo");
  expect("{\"content_html\": \"a\\n\\nb\"}", "||||||||||a\n\nb");
  expect("{\"text\": [\"<p>a</p>\", \"\", {\"text\": \"b\"}, 7]}",
         "||||||||||a\n\nb");
  expect("{\"title\": \"<em>A</em> &amp; B\"}", "|A & B");
}

static void the_article_may_lie_inside(void **state) {
  (void)state;
  expect("{\"id\": \"o\", \"article\": {\"title\": \"T\", \"text\": \"x\"}}",
         "o|T|||||||||x");
  expect("{\"title\": \"O\", \"text\": \"o\", \"article\": {\"title\": \"T\"}}",
         "|O|||||||||o");
  expect("{\"data\": 1, \"item\": {\"post\": {\"title\": \"T\"}}}", "|T");
  expect("{\"webTitle\": \"T\", \"fields\": {\"body\": \"<p>x\"}}",
         "|T|||||||||x");
}

static void what_is_typed_is_found_in_a_graph(void **state) {
  (void)state;
  json_t *value = json_loads("{\"@graph\": [{\"@type\": \"WebPage\"}, "
                             "{\"@type\": \"NewsArticle\", \"name\": \"1\"},"
                             "7, {\"@type\": [\"x\", \"BlogPosting\"]}]}",
                             0, NULL);
  size_t cursor = 0;
  json_t *first = article_graph_next(value, &cursor);
  assert_string_equal(json_string_value(json_object_get(first, "name")), "1");
  assert_non_null(article_graph_next(value, &cursor));
  assert_null(article_graph_next(value, &cursor));
  json_decref(value);
}

/* The leak checker of a build with AddressSanitizer sees circles. */
static void a_graph_may_go_round_in_circles(void **state) {
  static const char *const graphs[] = {
      "[{\"@type\": \"Article\", \"@id\": \"a\", \"name\": \"Ada\","
      "  \"author\": {\"@id\": \"a\"}}]",
      "[{\"@type\": \"Article\", \"@id\": \"a\", \"name\": \"Ada\","
      "  \"publisher\": [{\"@id\": \"a\"}], \"author\": [{\"@id\": \"b\"}]},"
      " {\"@type\": \"Article\", \"@id\": \"b\", \"name\": \"Ada\","
      "  \"author\": [7, {\"@id\": \"a\"}], \"publisher\": {\"@id\": \"b\"}}]"};
  (void)state;
  for (size_t i = 0; i < sizeof graphs / sizeof *graphs; i++) {
    json_t *value = json_object();
    draft d = DRAFT_INIT;
    size_t cursor = 0;
    json_object_set_new(value, "@graph", json_loads(graphs[i], 0, NULL));
    json_t *first = article_graph_next(value, &cursor);
    assert_true(article_json_fields(first, &d));
    assert_int_equal(d.authors.count, 1);
    assert_string_equal(d.authors.items[0].data, "Ada");
    draft_free(&d);
    json_decref(value);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields_have_many_names),
      cmocka_unit_test(authors_come_in_many_shapes),
      cmocka_unit_test(dates_are_right_or_absent),
      cmocka_unit_test(bodies_may_be_html),
      cmocka_unit_test(the_article_may_lie_inside),
      cmocka_unit_test(what_is_typed_is_found_in_a_graph),
      cmocka_unit_test(a_graph_may_go_round_in_circles),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Front matter as a tree, written as {key: text, key: [text, {...}]}. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "read/front.h"
#include "read/limits.h"

static void render(buf *out, const front_node *node) {
  if (node->kind == FRONT_TEXT) {
    buf_add_str(out, node->text);
    return;
  }
  buf_add_string(out, node->kind == FRONT_LIST ? "[" : "{");
  for (const front_node *f = node->first; f; f = f->next) {
    buf_add_string(out, f == node->first ? "" : ", ");
    buf_add_str(out, f->key);
    buf_add_string(out, f->key.length > 0 ? ": " : "");
    render(out, f);
  }
  buf_add_string(out, node->kind == FRONT_LIST ? "]" : "}");
}

static void expect(front_syntax syntax, const char *text, const char *tree) {
  arena memory = ARENA_INIT;
  front_maker m = {.memory = &memory, .deepest = LIMITS_DEEPEST};
  buf out = BUF_INIT;
  front_node *root;
  front_fault fault = {0, ""};
  byline_status status =
      front_parse(syntax, text, strlen(text), &m, &root, &fault);
  if (status == BYLINE_OK)
    render(&out, root);
  else
    buf_printf(&out, "%zu %s", fault.line, fault.message);
  assert_string_equal(out.data, tree);
  buf_free(&out);
  arena_free(&memory);
}

static void yaml(void **state) {
  (void)state;
  expect(FRONT_YAML, "", "{}");
  expect(FRONT_YAML, "# nothing\n", "{}");
  expect(FRONT_YAML, "title: A\ndate: 2020-10-20\n",
         "{title: A, date: 2020-10-20}");
  expect(FRONT_YAML, "a: ~\nb: null\nc: \"null\"\nd:\n",
         "{a: , b: , c: null, d: }");
  expect(FRONT_YAML, "a: [b, {c: d}]\ne:\n  - f\n", "{a: [b, {c: d}], e: [f]}");
  expect(FRONT_YAML, "a: |\n  b\n  c\nd: >-\n  e\n  f\n",
         "{a: b\nc\n, d: e f}");
  expect(FRONT_YAML, "a: &x [b]\nc: *x\n", "{a: [b], c: [b]}");
  expect(FRONT_YAML, "a: b: c\n",
         "1 mapping values are not allowed in this context");
  expect(FRONT_YAML, "- a\n- b\n", "1 not \"key: value\" lines");
  expect(FRONT_YAML, "a: *nobody\n", "1 found undefined alias");
}

static void toml(void **state) {
  (void)state;
  expect(FRONT_TOML, "", "{}");
  expect(FRONT_TOML, "a = \"b\" # c\n\nd = 'e\\n'\n", "{a: b, d: e\\n}");
  expect(FRONT_TOML, "a = 2020-10-20T10:00:00Z\nb = 1.5\nc = true\n",
         "{a: 2020-10-20T10:00:00Z, b: 1.5, c: true}");
  expect(FRONT_TOML, "a = \"\\u00e9\\t\\\"\"\n", "{a: \xC3\xA9\t\"}");
  expect(FRONT_TOML, "a = [ \"b\", # c\n  'd',\n]\n", "{a: [b, d]}");
  expect(FRONT_TOML, "a = { b = 1, \"c d\" = [2] }\n", "{a: {b: 1, c d: [2]}}");
  expect(FRONT_TOML, "a.b.c = 1\na.d = 2\n", "{a: {b: {c: 1}, d: 2}}");
  expect(FRONT_TOML, "x = 0\n[a]\nb = 1\n[a.c]\nd = 2\n[[e]]\nf = 3\n[[e]]\n",
         "{x: 0, a: {b: 1, c: {d: 2}}, e: [{f: 3}, {}]}");
  expect(FRONT_TOML, "a = \"\"\"\nb\"\"c\nd\"\"\"\n", "{a: b\"\"c\nd}");
  expect(FRONT_TOML, "a = \"\"\"b \\\n   c\"\"\"\n", "{a: b c}");
  expect(FRONT_TOML, "a = '''b\n'c' '''\n", "{a: b\n'c' }");
  expect(FRONT_TOML, "\na = \"b\n", "2 a string has no end");
  expect(FRONT_TOML, "a = \"\\q\"\n",
         "1 a backslash with nothing known behind it");
  expect(FRONT_TOML, "a\n", "1 = is missing");
  expect(FRONT_TOML, "a = \n", "1 a value is missing");
  expect(FRONT_TOML, "[a\n", "1 ] is missing");
  expect(FRONT_TOML, "a = 1 # b\n= 2\n", "2 a key is missing");
  expect(FRONT_TOML, "a = \"b\" c\n", "1 something stands behind a value");
  expect(FRONT_TOML, "a = 1\na.b = 2\n", "2 a key stands for two things");
  expect(FRONT_TOML, "a = [1\n", "2 a value is missing");
}

static void json(void **state) {
  (void)state;
  expect(FRONT_JSON, "{\"a\": [\"b\", {\"c\": 1}], \"d\": null, \"e\": true}",
         "{a: [b, {c: 1}], d: , e: true}");
  expect(FRONT_JSON, "[]", "1 not an object");
  assert_int_equal(front_json_length("{\"a\": {}}\n\nText {}", 18), 9);
  assert_int_equal(front_json_length("{\"a\"", 4), 0);
  assert_int_equal(front_json_length("[1]", 3), 0);
}

static void lines(void **state) {
  (void)state;
  expect(FRONT_LINES,
         "title: a: b\n  nested: c\n- d: e\n# f: g\nh: 'i'\nj: \"\nk\n",
         "{title: a: b, h: i, j: \"}");
}

/* Aliases, depth and numbers of nodes end somewhere. */
static void limits(void **state) {
  (void)state;
  arena memory = ARENA_INIT;
  front_maker m = {.memory = &memory, .deepest = LIMITS_DEEPEST};
  front_node *root;
  front_fault fault;
  buf text = BUF_INIT;
  buf_add_string(&text, "l0: &l0 [a, a, a, a, a, a, a, a, a, a]\n");
  for (int i = 1; i < 9; i++) {
    buf_printf(&text, "l%d: &l%d [", i, i);
    for (int j = 0; j < 10; j++)
      buf_printf(&text, "%s*l%d", j > 0 ? ", " : "", i - 1);
    buf_add_string(&text, "]\n");
  }
  assert_int_equal(
      front_parse(FRONT_YAML, text.data, text.length, &m, &root, &fault),
      BYLINE_OK);
  assert_non_null(front_find(root, "L0"));
  buf_clear(&text);
  buf_add_string(&text, "a = ");
  for (int i = 0; i < 1000; i++)
    buf_add_string(&text, "[");
  assert_int_equal(
      front_parse(FRONT_TOML, text.data, text.length, &m, &root, &fault),
      BYLINE_INVALID);
  assert_string_equal(fault.message,
                      "lists are nested too deep: the limit \"nesting\"");
  buf_free(&text);
  arena_free(&memory);
}

static void finding(void **state) {
  (void)state;
  arena memory = ARENA_INIT;
  front_maker m = {.memory = &memory, .deepest = LIMITS_DEEPEST};
  front_node *root;
  front_fault fault;
  static const char text[] = "Title: a\ntitle: b\n";
  front_parse(FRONT_LINES, text, strlen(text), &m, &root, &fault);
  assert_int_equal(*front_find(root, "TITLE")->text.data, 'b');
  assert_null(front_find(root, "titl"));
  assert_null(front_find(NULL, "title"));
  arena_free(&memory);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(yaml),   cmocka_unit_test(toml),
      cmocka_unit_test(json),   cmocka_unit_test(lines),
      cmocka_unit_test(limits), cmocka_unit_test(finding),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

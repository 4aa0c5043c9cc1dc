/* Which articles the Markdown reader finds in a text. */
#include "read_articles.h"

static const byline_reader *const reader = &markdown_reader;

static void fields(void **state) {
  (void)state;
  expect("---\nid: x1\ntitle: A\nsubtitle: B\ndescription: C\nauthor: Jane Doe "
         "and Tom Roe\npublishDate: 20 Oct 2020\nlastmod: 2021\ntags: [a, b]\n"
         "category: c\nkeywords: d, b\npermalink: https://a.b/c\nlang: en-GB\n"
         "section: S\n---\n\nText.\n",
         "1 2020-10-20 A (B; C) [Jane Doe; Tom Roe] <x1> <https://a.b/c> en in "
         "S #a; b; c; d\n  Text.\n");
  expect("---\ntitle: A\nurl: /a/\nslug: a\ndraft: true\n---\nText.\n",
         "1 A\n  Text.\n");
  expect("---\ntitle: A\npublished: false\nauthors: [{name: Jane Doe}, Tom "
         "Roe]\nparams: {subtitle: B, title: C}\n---\n",
         "1 A (B) [Jane Doe; Tom Roe]\n");
  expect("---\ntitle: A\nauthor: jane@example.org\n---\n", "1 A\n");
}

static void syntaxes(void **state) {
  (void)state;
  expect("+++\ntitle = 'A'\ndate = 2020-10-20\n+++\nText.\n",
         "1 2020-10-20 A\n  Text.\n");
  expect("{\"title\": \"A\", \"date\": \"2020-10-20\"}\nText.\n",
         "1 2020-10-20 A\n  Text.\n");
  expect("{\n\"title\": \"A\"\n}\n\nText.\n", "1 A\n  Text.\n");
  expect("\xEF\xBB\xBF\n---\r\ntitle: A\r\n---\r\nText.\r\n", "2 A\n  Text.\n");
  expect("---\ntitle: A\n...\nText.\n", "1 A\n  Text.\n");
}

/* Front matter without an end is text; that which is broken is told. */
static void broken_front_matter(void **state) {
  (void)state;
  expect("---\nText\n", "1\n  Text\n");
  expect("+++\nText\n", "1\n  +++ Text\n");
  expect("{ no\n", "1\n  { no\n");
  expect("{{< hugo >}}\nText\n", "1\n  Text\n");
  expect_noted("---\ntitle: A: B\nauthor: Jane Doe\n---\nText.\n",
               "1 A: B [Jane Doe]\n  Text.\n",
               "R2 the front matter is broken (mapping values are not allowed "
               "in this context): read line by line; put quotation marks "
               "around values with \": \"\n");
  expect_noted("---\ntitle: A\ndate: 31 November 2020\n---\n", "1 A\n",
               "R1 \"31 November 2020\" names no day for certain: the article "
               "has no date (write it as YYYY-MM-DD)\n");
}

static void titles(void **state) {
  (void)state;
  expect("# A *b*\n\nText.\n", "1 A b\n  Text.\n");
  expect("\n\nA\nb\n===\nText.\n", "3 A b\n  Text.\n");
  expect("## A\n\nText.\n", "1\n  A / Text.\n");
  expect("Text.\n\n# A\n", "1\n  Text. / A\n");
  expect("---\ntitle: A\n---\n# A\n\n# B\n", "1 A\n  B\n");
  expect("---\ndate: 2020\n---\n# A\n\nText.\n", "1 2020 A\n  Text.\n");
}

static void credits(void **state) {
  (void)state;
  expect("# A\n\nBy Jane Doe\n\nText.\n", "1 A [Jane Doe]\n  Text.\n");
  expect("# A\n*By Jane Doe and Tom Roe*\n\n3 May 2019\n\nText.\n",
         "1 2019-05-03 A [Jane Doe; Tom Roe]\n  Text.\n");
  expect("# A\n\n3 May 2019\n\nBy Jane Doe\n\nText.\n",
         "1 2019-05-03 A [Jane Doe]\n  Text.\n");
  expect("# A\n\nText.\n\nBy Jane Doe\n", "1 A\n  Text. / By Jane Doe\n");
  expect("# A\n\nBy the time it rained, nobody was there to see it.\n",
         "1 A\n  By the time it rained, nobody was there to see it.\n");
  expect("---\nauthor: Ann Poe\n---\n# A\n\nBy Jane Doe\n",
         "1 A [Ann Poe]\n  By Jane Doe\n");
}

static void names_of_files(void **state) {
  (void)state;
  static const char text[] = "---\ntitle: A\ntags: a b\n---\n";
  static const char dated[] = "---\ntitle: A\ndate: 2019\ntags: a, b c\n---\n";
  expect_bytes(reader, "x/2020-10-20-a.md", text, strlen(text),
               "1 2020-10-20 A #a; b\n", "");
  expect_bytes(reader, "2020-10-20-a.md", dated, strlen(dated),
               "1 2019 A #a; b c\n", "");
  expect_bytes(reader, "2020-10-20.md", text, strlen(text), "1 A #a b\n", "");
  expect_bytes(reader, "2020-10-20-a.txt", text, strlen(text), "1 A #a b\n",
               "");
}

static void blocks(void **state) {
  (void)state;
  expect("a\nb\\\nc  \nd\n\n- e\n- f\n  g\n\n1) h\n\n   i\n",
         "1\n  a b c d / e / f g / h / i\n");
  expect("> a\n> > b\n\n    c\n     d\n\n```x\ne\n\nf\n```\n",
         "1\n  a / b / c d / e f\n");
  expect("[a](b \"c\") ![d *e*](f) <https://g.h> `i` &amp; j<b>k</b>\n",
         "1\n  a d e https://g.h i & jk\n");
  expect("<!-- a -->\n\n<div>\n<p>b</p><p>c</p>\n</div>\n\n***\n",
         "1\n  b / c\n");
  expect("a {% b %} c {{< d \"e\" >}}{{<f g=\"h\">}}{{% i %}}\n{: .j }\n",
         "1\n  a c\n");
  expect("a {% b\n", "1\n  a {% b\n");
}

static void several(void **state) {
  (void)state;
  expect("---\ntitle: A\n---\na\n\n---\n\nb\n\n---\ntitle: B\n---\nc\n\n+++\n"
         "date = 2020\n+++\nd\n",
         "1 A\n  a / b\n10 B\n  c\n15 2020\n  d\n");
  expect("---\ntitle: A\n---\n```\n\n---\ntitle: B\n---\n```\n",
         "1 A\n  --- title: B ---\n");
  expect("---\ntitle: A\n---\na\n\n---\nb: c\n---\n", "1 A\n  a / b: c\n");
  expect("a\n\n---\ntitle: B\n---\nb\n", "1\n  a / title: B / b\n");
}

static void nothing(void **state) {
  (void)state;
  static const char empty[] =
      "S1 1 article with neither title nor text left out\n";
  expect("", "");
  expect("\n \n", "");
  expect_noted("---\ndraft: true\n---\n", "", empty);
}

static void broken_bytes(void **state) {
  (void)state;
  static const char text[] = "---\ntitle: A\xFF\n---\n\xC3 b \0 c\n";
  expect_bytes(reader, "memory", text, sizeof text - 1,
               "1 A\xEF\xBF\xBD\n  \xEF\xBF\xBD b \xEF\xBF\xBD c\n",
               "R1 3 broken characters replaced\n");
}

static void probing(void **state) {
  (void)state;
  static const struct {
    const char *path, *text;
    bool mine;
  } rows[] = {
      {"a.txt", "---\ntitle: A\n---\n", true},
      {"a.txt", "+++\ntitle = 'A'\n+++\n", true},
      {"a.txt", "---\nname: A\n---\n", false},
      {"a.yaml", "---\ntitle: A\n", false},
      {"a.txt", "# A\n", false},
      {"a.md", "# A\n", true},
      {"a.MARKDOWN", "Text\n", true},
      {"a.md", "{\"title\": 1}\n", true},
      {"md", "Text\n", false},
      {"x/README.md", "# A\n", false},
      {"README.md", "---\ntitle: A\n---\n", true},
  };
  for (size_t i = 0; i < COUNT(rows); i++)
    check_probe(reader, rows[i].path, rows[i].text, rows[i].mine);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields),
      cmocka_unit_test(syntaxes),
      cmocka_unit_test(broken_front_matter),
      cmocka_unit_test(titles),
      cmocka_unit_test(credits),
      cmocka_unit_test(names_of_files),
      cmocka_unit_test(blocks),
      cmocka_unit_test(several),
      cmocka_unit_test(nothing),
      cmocka_unit_test(broken_bytes),
      cmocka_unit_test(probing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Which articles the mail reader finds in a text. */
#include "read_articles.h"

static const byline_reader *const reader = &mail_reader;

#define MARK "From a@b Tue Oct 20 18:05:00 2020\n"
#define HEAD "From: Jane Doe <j@b>\nSubject: A\n"

static void headers(void **state) {
  (void)state;
  expect("Message-ID: <1@b>\nDate: Tue, 20 Oct 2020 18:05:09 +0200\nFrom: "
         "=?utf-8?Q?J=C3=A9?= Doe <j@b>\nSubject: A\n  b\nList-Id: \"L n\" "
         "<l.b>\nKeywords: k, l\nContent-Language: en-GB\nArchived-At: "
         "<https://a.b/1>\n\nText.\n",
         "1 2020-10-20T18:05:09 A b [J\xC3\xA9 Doe] <1@b> <https://a.b/1> en "
         "in L n #k; l\n  Text.\n");
  expect(HEAD "Newsgroups: a.b,c.d\n\nText.\n",
         "1 A [Jane Doe] in a.b\n  Text.\n");
  expect(HEAD "List-Id: <l.b>\n\nText.\n", "1 A [Jane Doe] in l.b\n  Text.\n");
  expect(HEAD "List-Id: l.b\n\nText.\n", "1 A [Jane Doe] in l.b\n  Text.\n");
}

static void expect_author(const char *from, const char *authors) {
  buf text = BUF_INIT, wanted = BUF_INIT;
  buf_printf(&text, "From: %s\nSubject: A\n\nText.\n", from);
  buf_printf(&wanted, "1 A%s\n  Text.\n", authors);
  expect(text.data, wanted.data);
  buf_free(&text);
  buf_free(&wanted);
}

static void authors(void **state) {
  (void)state;
  expect_author("\"Doe, Jane\" <j@b>", " [Doe, Jane]");
  expect_author("Jane Doe <j@b>, Tom Roe <t@b>", " [Jane Doe; Tom Roe]");
  expect_author("j@b (Jane Doe)", " [Jane Doe]");
  expect_author("j at b.org (Jane Doe)", " [Jane Doe]");
  expect_author("\"Jane Doe via L\" <l@b>", " [Jane Doe]");
  expect_author("Jane Doe", " [Jane Doe]");
  expect_author("j@b", "");
  expect_author("<j@b>", "");
  expect_author("\"j@b\" <j@b>", "");
  expect_author("j at b.org", "");
  expect_author("L: j@b, t@b;", "");
}

static void mboxes(void **state) {
  (void)state;
  expect(MARK HEAD "\nOne.\n\n" MARK HEAD "\nTwo.\n",
         "1 A [Jane Doe]\n  One.\n7 A [Jane Doe]\n  Two.\n");
  expect("\n" MARK HEAD "\n>From one\n>>From two\n> From three\n",
         "2 A [Jane Doe]\n  From one / > From two From three\n");
  /* No marker: no blank line before it, no date, no header behind it. */
  expect(MARK HEAD "\nOne.\n" MARK HEAD "Two.\n",
         "1 A [Jane Doe]\n  One. From a@b Tue Oct 20 18:05:00 2020 From: Jane "
         "Doe <j@b> Subject: A Two.\n");
  expect(MARK HEAD "\nOne.\n\nFrom here to 10:30.\nTo: you\n",
         "1 A [Jane Doe]\n  One. / From here to 10:30. To: you\n");
  expect(MARK HEAD "\nOne.\n\n" MARK "two three\n",
         "1 A [Jane Doe]\n  One. / From a@b Tue Oct 20 18:05:00 2020 two "
         "three\n");
  expect(MARK HEAD "\nOne.\n\n" MARK,
         "1 A [Jane Doe]\n  One. / From a@b Tue Oct 20 18:05:00 2020\n");
  /* In a single mail nothing is a marker. */
  expect(HEAD "\n>From one\n\n" MARK HEAD "\n",
         "1 A [Jane Doe]\n  > From one / From a@b Tue Oct 20 18:05:00 2020 "
         "From: Jane Doe <j@b> Subject: A\n");
}

static void paragraphs(void **state) {
  (void)state;
  expect(HEAD "\na\nb\n\n  c\n\n\n-- \nd\n",
         "1 A [Jane Doe]\n  a b / c / -- d\n");
  expect(HEAD "\n> a\n> b\n>\n> c\n> > d\n>> e\nf\n",
         "1 A [Jane Doe]\n  > a b / > c / >> d e / f\n");
  expect(HEAD "Content-Type: text/plain; format=flowed; delsp=yes\n\nab \ncd\n"
              "  e\n",
         "1 A [Jane Doe]\n  abcd e\n");
}

static void parts(void **state) {
  (void)state;
#define MIXED HEAD "Content-Type: multipart/mixed; boundary=x\n\n"
#define ALTERNATIVE HEAD "Content-Type: multipart/alternative; boundary=x\n\n"
#define HTML "--x\nContent-Type: text/html\n\n<p>b</p><p>c &lt;\n"
  expect(MIXED "no\n--x\n\na\n" HTML "--x--\nno\n",
         "1 A [Jane Doe]\n  a / b / c <\n");
  expect(ALTERNATIVE "--x\n\na\n" HTML "--x--\n", "1 A [Jane Doe]\n  a\n");
  expect(ALTERNATIVE "--x\n\n \n" HTML "--x--\n",
         "1 A [Jane Doe]\n  b / c <\n");
  expect(MIXED "--x\n\na\n--x\nContent-Disposition: attachment\n\nb\n--x\n"
               "Content-Type: image/png\n\nc\n--x--\n",
         "1 A [Jane Doe]\n  a\n");
  expect(MIXED "--x\nContent-Type: message/rfc822\n\nSubject: B\n\nb\n"
               "--x--\n",
         "1 A [Jane Doe]\n  b\n");
}

static void digests(void **state) {
  (void)state;
  expect(HEAD "Content-Type: multipart/digest; boundary=x\n\n--x\n\nFrom: Tom "
              "Roe <t@b>\nSubject: B\n\nb\n--x\n\nSubject: C\n\nc\n--x--\n",
         "7 B [Tom Roe]\n  b\n13 C\n  c\n");
}

static void character_sets(void **state) {
  (void)state;
#define TYPE(name) HEAD "Content-Type: text/plain; charset=" name "\n\n"
  expect(TYPE("iso-8859-1") "\x93"
                            "caf\xE9\x94\n",
         "1 A [Jane Doe]\n  \xE2\x80\x9C"
         "caf\xC3\xA9\xE2\x80\x9D\n");
  expect(TYPE("iso-8859-1") "caf\xC3\xA9\n", "1 A [Jane Doe]\n  caf\xC3\xA9\n");
  expect(TYPE("koi8-r") "\xC4\xC1\n", "1 A [Jane Doe]\n  \xD0\xB4\xD0\xB0\n");
  expect(TYPE("iso-2022-jp") "\x1B$B$3\x1B(B\n",
         "1 A [Jane Doe]\n  \xE3\x81\x93\n");
  expect_noted(TYPE("nobody-knows") "a\xFF\n",
               "1 A [Jane Doe]\n  a\xEF\xBF\xBD\n",
               "R1 1 broken character replaced\n");
}

static void broken(void **state) {
  (void)state;
  expect_noted(MIXED "--x\n\na\n", "1 A [Jane Doe]\n  a\n",
               "R1 1 fault in the structure of mails: read as far as "
               "possible\n");
  expect_noted(HEAD "Date: then\n\na\n", "1 A [Jane Doe]\n  a\n",
               "R1 \"then\" names no day for certain: the article has no date "
               "(write it as YYYY-MM-DD)\n");
  expect_noted("From: Jane Doe <j@b>\n\n", "",
               "S1 1 article with neither title nor text left out\n");
  expect("", "");
  expect("\n", "");
}

static void probing(void **state) {
  (void)state;
  static const struct {
    const char *path, *text;
    bool mine;
  } rows[] = {
      {"a.txt", MARK HEAD "\n", true},
      {"a.txt", MARK "\nFrom", false},
      {"a.txt", "From here to there\n", false},
      {"a.txt", HEAD "Date: x\n\n", true},
      {"a.txt", HEAD "\n", false},
      {"a.eml", HEAD "\n", true},
      {"a.eml", "Text\n", false},
      {"a.txt", "Subject: A\nDate: x\nTo: y\n\n", false},
      {"a.txt", "From: x\nText\nSubject: A\nDate: x\n\n", false},
      {"a.txt", "", false},
  };
  for (size_t i = 0; i < COUNT(rows); i++)
    check_probe(reader, rows[i].path, rows[i].text, rows[i].mine);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(headers),        cmocka_unit_test(authors),
      cmocka_unit_test(mboxes),         cmocka_unit_test(paragraphs),
      cmocka_unit_test(parts),          cmocka_unit_test(digests),
      cmocka_unit_test(character_sets), cmocka_unit_test(broken),
      cmocka_unit_test(probing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

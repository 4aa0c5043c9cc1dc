/* HTML entities in plain text: when they stand for characters, and how they
 * are decoded. */
#include "test.h"

#include "read/entities.h"
#include "read_articles.h"

static void shown(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool shown;
  } rows[] = {
      {"It&#8217;s the dockers&rsquo; pay, he said.&nbsp;It is.", true},
      {"Roe &amp; Doe sued. Poe &amp; Coe paid. &quot;Never&quot;, he said.",
       true},
      {"Caf&eacute; &mdash; na&iuml;ve &mdash; cr&egrave;me", true},
      {"Nothing is here.", false},
      {"It&#8217;s only two&#8217;s.", false},
      /* Other ampersands mean themselves: so may these. */
      {"Roe & Doe, Poe & Coe, AT&T: &amp;c., &amp;c., &amp;c.", false},
      /* Text about entities. */
      {"Write `&amp;` for it. The caf&eacute;&#8217;s, na&iuml;ve.", false},
      {"Use &nbsp; or &lt; and &gt; or else &amp; and so on.", false},
      {"<p>It&#8217;s</p><p>that&#8217;s</p><p>he&#8217;s</p>", false},
      {"&unknown; &x; &; &#xyz; &#0; &#1114112; a&b;c&d;e", false},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (entities_shown(rows[i].text, strlen(rows[i].text)) != rows[i].shown)
      fail_msg("%s", rows[i].text);
}

static void expect_decoded(const char *text, bool last, const char *decoded,
                           size_t left) {
  char bytes[200];
  size_t length = strlen(text), rest, count = 0;
  memcpy(bytes, text, length);
  size_t size = entities_decode(bytes, length, last, &rest, &count);
  assert_int_equal(size, strlen(decoded));
  assert_memory_equal(bytes, decoded, size);
  assert_int_equal(rest, left);
  assert_memory_equal(bytes + size, text + length - rest, rest);
}

static void decoded(void **state) {
  (void)state;
  expect_decoded("it&#8217;s &#x2019;&apos;&quot;&lt;", true,
                 "it\xE2\x80\x99s \xE2\x80\x99'\"<", 0);
  expect_decoded("&eacute;&Uuml;&nbsp;&hellip;", true,
                 "\xC3\xA9\xC3\x9C\xC2\xA0\xE2\x80\xA6", 0);
  /* What Windows-1252 has there, and no line ends. */
  expect_decoded("it&#146;s&#10;&#13;&#9;", true, "it\xE2\x80\x99s   ", 0);
  expect_decoded("&amp;amp; AT&T &unknown; &#0; &#xD800; & &", true,
                 "&amp; AT&T &unknown; &#0; &#xD800; & &", 0);
  expect_decoded("a&amp;b &am", false, "a&b ", 3);
  expect_decoded("a&amp;b &am", true, "a&b &am", 0);
  expect_decoded("a &", false, "a ", 1);
  expect_decoded("&thetasym", false, "", 9);
  expect_decoded("&verylongindeed", false, "&verylongindeed", 0);
}

/* Entities that what is read ahead ends in, and all behind it. */
static void across_reads(void **state) {
  (void)state;
  enum { TIMES = 40000 };
  buf text = BUF_INIT, out = BUF_INIT, notices = BUF_INIT;
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  buf_add_string(&text, "20 Oct 2020\n\nDockers&#8217; vote\n\nBy Jane Doe "
                        "&amp; Tom Roe\n\n\n");
  for (int i = 0; i < TIMES; i++)
    buf_add_string(&text, "It&#8217;s on, he said.\n\n");
  read_text(&digest_reader, text.data, text.length, &out, &notices, &stats);
  assert_string_equal(notices.data, "R0 40002 HTML entities decoded\n");
  static const char head[] =
      "3 2020-10-20 Dockers\xE2\x80\x99 vote [Jane Doe; Tom Roe]\n  It";
  assert_memory_equal(out.data, head, sizeof head - 1);
  assert_null(memchr(out.data, '&', out.length));
  assert_null(memchr(out.data, '#', out.length));
  assert_int_equal(out.length,
                   sizeof head - 1 - 2 +
                       TIMES * (sizeof "It\xE2\x80\x99s on, he said." - 1) +
                       (TIMES - 1) * 3 + 1);
  buf_free(&text);
  buf_free(&out);
  buf_free(&notices);
}

#define P1 "The crews met at the gate on Monday and voted to stay out."

static void text_about_entities(void **state) {
  (void)state;
  expect_articles(
      &digest_reader,
      "20 Oct 2020\n\nOn writing pages\n\nJane Doe\n\n\n" P1
      " Use '&amp;' and \"&nbsp;\": the caf&eacute;&#8217;s &mdash; "
      "na&iuml;ve.\n",
      "3 2020-10-20 On writing pages [Jane Doe]\n  " P1
      " Use '&amp;' and \"&nbsp;\": the caf&eacute;&#8217;s &mdash; "
      "na&iuml;ve.\n",
      "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shown),
      cmocka_unit_test(decoded),
      cmocka_unit_test(across_reads),
      cmocka_unit_test(text_about_entities),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

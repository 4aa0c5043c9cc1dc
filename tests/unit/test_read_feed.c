/* Which articles the feed reader finds in a text. */
#include "read_articles.h"

static const byline_reader *const reader = &feed_reader;

#define RSS                                                                    \
  "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "            \
  "xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel>"
#define RSS_END "</channel></rss>"
#define ITEM(inner) RSS "<item>" inner "</item>" RSS_END
#define ATOM "<feed xmlns='http://www.w3.org/2005/Atom'>"
#define ENTRY(inner) ATOM "<entry>" inner "</entry></feed>"

static void rss_fields(void **state) {
  (void)state;
  expect(ITEM("<title>A</title><link>http://a.b/1</link><guid>g</guid>"
              "<author>j@b (Jane Doe)</author><dc:creator>Tom Roe</dc:creator>"
              "<pubDate>Tue, 20 Oct 2020 18:05:00 +0100</pubDate>"
              "<category>k</category><dc:subject>l</dc:subject>"
              "<dc:language>de</dc:language><description>D.</description>"),
         "1 2020-10-20T18:05:00 A [Jane Doe; Tom Roe] <g> <http://a.b/1> de "
         "#k; l\n  D.\n");
  expect(ITEM("<title>A</title><guid>http://a.b/1</guid>"),
         "1 A <http://a.b/1> <http://a.b/1>\n");
  expect(ITEM("<title>A</title><guid isPermaLink='false'>http://a.b/1</guid>"),
         "1 A <http://a.b/1>\n");
  expect(ITEM("<title>A</title><author>j@b</author>"), "1 A\n");
  expect(RSS
         "<title>No</title><language>en-us</language><pubDate>2020</pubDate>"
         "<item><title>A</title></item>" RSS_END,
         "1 A en\n");
  expect(ITEM("<x:title xmlns:x='urn:x'>No</x:title><title>A</title>"),
         "1 A\n");
}

static void texts(void **state) {
  (void)state;
  expect(ITEM("<title>A &amp;amp; B &lt; C</title>"), "1 A & B < C\n");
  expect(ITEM("<title>A &lt;i&gt;b&lt;/i&gt;</title>"), "1 A b\n");
  expect(
      ITEM("<description>Deck.</description>"
           "<c:encoded>&lt;p&gt;A&lt;/p&gt;&lt;p&gt;B&lt;/p&gt;</c:encoded>"),
      "1 (Deck.)\n  A / B\n");
  /* An excerpt is no deck, wherever it stands. */
  expect(ITEM("<c:encoded><![CDATA[<p>A b</p><p>c d</p>]]></c:encoded>"
              "<description>A b c [...]</description>"),
         "1\n  A b / c d\n");
  expect(ITEM("<c:encoded>Text</c:encoded><description>&lt;p&gt;A&lt;/p&gt;"
              "&lt;p&gt;B&lt;/p&gt;</description>"),
         "1\n  Text\n");
  expect(ITEM("<description>a <b>b</b> c<br/><p>d</p></description>"),
         "1\n  a b c / d\n");
  expect(ITEM("<description>a\n\nb</description>"), "1\n  a / b\n");
}

static void atom_fields(void **state) {
  (void)state;
  expect(
      ENTRY("<title>A</title><id>i</id><link href='http://a.b/1?c&amp;d'/>"
            "<link rel='self' href='http://no'/><published>2020-10-20T18:05"
            ":00Z</published><updated>2021-01-01</updated><author><name>Jane "
            "Doe</name><email>j@b</email></author><author><name>Tom Roe"
            "</name></author><contributor><name>No</name></contributor>"
            "<category term='t' label='T'/><category term='u'/>"),
      "1 2020-10-20T18:05:00 A [Jane Doe; Tom Roe] <i> <http://a.b/1?c&d> "
      "#T; u\n");
  expect(ENTRY("<title>A</title><updated>2021-01-01</updated>"), "1 A\n");
  expect(
      "<feed xmlns='http://purl.org/atom/ns#'><entry><title>A</title><issued>"
      "2003-12-13T08:29</issued><modified>2004</modified></entry></feed>",
      "1 2003-12-13T08:29:00 A\n");
  expect("<entry xmlns='http://www.w3.org/2005/Atom'><title>A</title></entry>",
         "1 A\n");
}

static void atom_texts(void **state) {
  (void)state;
  expect(ENTRY("<title type='html'>A &amp;amp; &lt;i>b&lt;/i></title>"),
         "1 A & b\n");
  expect(ENTRY("<title>A &lt;i> &amp;amp;</title>"), "1 A <i> &amp;\n");
  expect(
      ENTRY("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
            "<p>a &lt;b&gt;</p><p><img alt='c&quot;d'/></p></div></content>"),
      "1\n  a <b> / c\"d\n");
  expect(ENTRY("<content type='image/png'>no</content><summary>S</summary>"),
         "1\n  S\n");
  expect(ENTRY("<content src='x'/><summary>S</summary>"), "1\n  S\n");
  expect(ENTRY("<content>a\n\nb &lt;p></content>"), "1\n  a / b <p>\n");
}

static void inherited(void **state) {
  (void)state;
  expect("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de' "
         "xml:base='http://a.b/c/'><author><name>Jane Doe</name></author>"
         "<entry xml:base='d/'><title>A</title><link href='e'/></entry>"
         "<entry xml:lang='fr'><title>B</title><author><name>Tom Roe</name>"
         "</author><link xml:base='http://f.g/' href='h'/></entry>"
         "<entry><title>C</title><source><title>No</title><author><name>Ann Poe"
         "</name></author><link href='no'/></source></entry></feed>",
         "1 A [Jane Doe] <http://a.b/c/d/e> de\n"
         "1 B [Tom Roe] <http://f.g/h> fr\n1 C [Ann Poe] de\n");
}

static void rdf(void **state) {
  (void)state;
  expect("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://purl.org/rss/1.0/'><channel><title>No</title>"
         "</channel><item r:about='http://a.b/1'><title>A</title></item>"
         "</r:RDF>",
         "1 A <http://a.b/1>\n");
}

static void entities(void **state) {
  (void)state;
  expect(ITEM("<title>A&nbsp;&eacute;</title>"), "1 A \xC3\xA9\n");
  expect("<!DOCTYPE rss [<!ENTITY a 'b'><!ENTITY c '&a;'>]>" ITEM(
             "<title>&a;</title>"),
         "1 b\n");
  expect_noted("<!DOCTYPE rss [<!ENTITY a 'b'><!ENTITY c '&a;'>]>" ITEM(
                   "<title>&c;</title>"),
               "",
               "F1 Entity 'c' not defined: what follows is not read (mend the "
               "XML)\n");
}

static void broken(void **state) {
  (void)state;
  expect_noted(RSS "\n<item><title>A</title></item>\n<item><title>B</item>",
               "2 A\n",
               "F3 Opening and ending tag mismatch: title line 3 and item: "
               "what follows is not read (mend the XML)\n");
  expect_noted(
      RSS "<item><title>A</title></item>\n", "1 A\n",
      "F1 the file ends within an element: it may be cut off: what follows "
      "is not read (mend the XML)\n");
  expect_noted("<page/>", "",
               "F1 no feed: its first element is not rss, feed or rdf:RDF: "
               "what follows is not read (mend the XML)\n");
  expect_noted(ITEM("<link>http://a.b</link>"), "",
               "S1 1 article with neither title nor text left out\n");
  expect_noted(ITEM("<title>A\x01 \xFF</title>"),
               "1 A\xEF\xBF\xBD \xEF\xBF\xBD\n",
               "R1 2 broken characters replaced\n");
  expect_noted(ITEM("<title>A</title><pubDate>then</pubDate>"), "1 A\n",
               "R1 \"then\" names no day for certain: the article has no date "
               "(write it as YYYY-MM-DD)\n");
}

/* Lines beyond what libxml2's tree counts, characters across all chunks. */
static void many(void **state) {
  (void)state;
  enum { COUNT = 40000 };
  buf text = BUF_INIT, wanted = BUF_INIT;
  buf_add_string(&text, RSS "\n");
  for (int i = 0; i < COUNT; i++) {
    buf_printf(
        &text,
        "<item>\n<title>%d \xE2\x80\x9C\xF0\x9F\x90\x9D</title></item>\n", i);
    buf_printf(&wanted, "%d %d \xE2\x80\x9C\xF0\x9F\x90\x9D\n", 2 + 2 * i, i);
  }
  buf_add_string(&text, RSS_END);
  expect(text.data, wanted.data);
  buf_free(&text);
  buf_free(&wanted);
}

static void probing(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool mine;
  } rows[] = {
      {"<rss>", true},
      {"\xEF\xBB\xBF <?xml version='1.0'?><!-- <x> --><!DOCTYPE rss>\n<rss ",
       true},
      {ATOM, true},
      {"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", true},
      {"<feed>", false},
      {"<r:RDF xmlns='http://purl.org/rss/1.0/'>", true},
      {"<r:RDF>", false},
      {"<html>", false},
      {"rss", false},
      {"<!-- <rss>", false},
      {"<", false},
      {"", false},
  };
  for (size_t i = 0; i < COUNT(rows); i++)
    check_probe(reader, "a.xml", rows[i].text, rows[i].mine);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rss_fields),  cmocka_unit_test(texts),
      cmocka_unit_test(atom_fields), cmocka_unit_test(atom_texts),
      cmocka_unit_test(inherited),   cmocka_unit_test(rdf),
      cmocka_unit_test(entities),    cmocka_unit_test(broken),
      cmocka_unit_test(many),        cmocka_unit_test(probing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* HTML to text; paragraphs are parted by " / " here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read/html_text.h"
#include "read/prose.h"

/* Shows paragraph breaks. */
static void show(const buf *text, buf *out) {
  buf_add_string(out, "");
  for (size_t i = 0; i < text->length; i++)
    if (text->data[i] == '\n' && text->data[i + 1] == '\n') {
      buf_add_string(out, " / ");
      i++;
    } else {
      buf_add_char(out, text->data[i]);
    }
}

static void expect_bytes(const char *html, size_t length, const char *wanted) {
  buf text = BUF_INIT, shown = BUF_INIT;
  assert_int_equal(html_text(html, length, &text, NULL), BYLINE_OK);
  show(&text, &shown);
  assert_string_equal(shown.data, wanted);
  buf_free(&text);
  buf_free(&shown);
}

static void expect(const char *html, const char *wanted) {
  expect_bytes(html, strlen(html), wanted);
}

static void blocks_are_paragraphs(void **state) {
  (void)state;
  expect("", "");
  expect("plain", "plain");
  expect("<p>One <b>bold</b> and <i>sl</i>anted.</p><p>Two.</p>",
         "One bold and slanted. / Two.");
  expect("before<div>in <div>deeper</div> behind</div>after",
         "before / in / deeper / behind / after");
  expect("<p>never closed<p>nor this", "never closed / nor this");
  expect("<h2>Head</h2>text<hr>more", "Head / text / more");
  expect("<p>a line\n  of\t source</p>", "a line of source");
  expect("<p></p><p> </p><p>&nbsp;</p><p>x</p>", "x");
}

static void breaks_are_spaces_until_there_are_two(void **state) {
  (void)state;
  expect("one<br>two", "one two");
  expect("one<br><br>two<br/> <br/>\n three", "one / two / three");
  expect("<br><br>one<br><br>", "one");
  expect("<pre>one\ntwo\n\nthree</pre>four", "one two / three / four");
}

static void lists_and_tables_are_rows(void **state) {
  (void)state;
  expect("<ul><li>one<li>two <ul><li>inner</ul></ul>end",
         "one / two / inner / end");
  expect("<dl><dt>term<dd>what it is</dl>", "term / what it is");
  expect("<table><caption>Votes</caption><tr><th>Name<th>Votes"
         "<tr><td>Ellin<td>1,204</table>",
         "Votes / Name Votes / Ellin 1,204");
}

static void what_is_not_shown_is_left_out(void **state) {
  (void)state;
  expect("<html><head><title>Title</title><style>p {}</style></head>"
         "<body>text</body></html>",
         "text");
  expect("<style>p {}</style>Text <script>if (a < b) c();</script>goes on",
         "Text goes on");
  expect("<template><p>x</p></template><noscript>y</noscript>z", "z");
  expect("a<!-- <p>comment --> b", "a b");
  expect("<p>a<svg><title>icon</title><text>s</text></svg>b</p>", "a b");
  expect("<select><option>one</select>two<textarea>x</textarea>", "two");
}

static void entities_are_decoded(void **state) {
  (void)state;
  expect("Caf&eacute; &amp; bar&nbsp;&ndash; &#8220;caf&#xE9;&#8221;",
         "Café & bar – “café”");
  expect("1990&#150;95", "1990–95");
  expect("&lt;p&gt;", "<p>");
  expect("AT&T &unknown; &", "AT&T &unknown; &");
  expect("super&shy;cali\xC2\xAD"
         "fragil",
         "supercalifragil");
  expect("a\xE2\x80\x89\xE3\x80\x80 \xC2\xA0z", "a z");
}

static void images_have_captions(void **state) {
  (void)state;
  expect("<p>text</p><img src=a alt='The mill'><p>more</p>",
         "text / The mill / more");
  expect("<p><img alt='The mill'>Text with a picture before it.</p>",
         "The mill / Text with a picture before it.");
  expect("<p>Text <img alt='The mill'> around it.</p>",
         "Text around it. / The mill");
  expect("<figure><img alt='mill'><figcaption>The mill in 1954"
         "</figcaption></figure>text",
         "The mill in 1954 / text");
  expect("<figure><img alt='The mill'></figure>text", "The mill / text");
  expect("<p>so <img class=emoji alt='\xF0\x9F\x98\x80'> glad</p>",
         "so \xF0\x9F\x98\x80 glad");
  expect("<img alt=''><img><img alt='IMG_0417.JPG'>text", "text");
}

static void broken_bytes_are_replaced(void **state) {
  (void)state;
  expect("<p>caf\xE9 \xFF</p>", "caf\xEF\xBF\xBD \xEF\xBF\xBD");
  expect_bytes("a\0b<p>c", 7,
               "a\xEF\xBF\xBD"
               "b / c");
  expect("<p title='unclosed>a</p>", "");
  expect("a < b > c <", "a < b > c <");
}

static void text_is_appended(void **state) {
  (void)state;
  buf text = BUF_INIT;
  buf_add_string(&text, "before ");
  assert_int_equal(html_text("<p>a", 4, &text, NULL), BYLINE_OK);
  assert_string_equal(text.data, "before a");
  buf_free(&text);
}

static void repeat(buf *out, const char *text, size_t times) {
  for (size_t i = 0; i < times; i++)
    buf_add_string(out, text);
}

static void depth_is_no_matter(void **state) {
  (void)state;
  buf html = BUF_INIT, text = BUF_INIT;
  repeat(&html, "<div><b>", 100000);
  buf_add_string(&html, "core");
  repeat(&html, "</b></div>", 100000);
  buf_add_string(&html, "<p>end");
  assert_int_equal(html_text(html.data, html.length, &text, NULL), BYLINE_OK);
  assert_string_equal(text.data, "core\n\nend");
  buf_free(&html);
  buf_free(&text);
}

static void what_would_take_hours_is_refused(void **state) {
  (void)state;
  buf html = BUF_INIT, text = BUF_INIT;
  byline_error error;
  repeat(&html, "<b>", 1000000);
  repeat(&html, "</i>", 1000000);
  assert_int_equal(html_text(html.data, html.length, &text, &error),
                   BYLINE_INVALID);
  assert_non_null(strstr(error.message, "nested too deep"));
  buf_free(&html);
  buf_free(&text);
}

/* ---- Plain text ---- */

static void expect_plain(const char *plain, const char *wanted) {
  buf text = BUF_INIT, shown = BUF_INIT;
  size_t replaced = 0;
  assert_true(prose_paragraphs(&text, plain, strlen(plain), &replaced));
  assert_int_equal(replaced, 0);
  show(&text, &shown);
  assert_string_equal(shown.data, wanted);
  buf_free(&text);
  buf_free(&shown);
}

static void empty_lines_end_paragraphs(void **state) {
  (void)state;
  expect_plain("", "");
  expect_plain("\n \n", "");
  expect_plain("One line.", "One line.");
  expect_plain("\nOne.\r\n\r\nTwo.\n \n\n\tThree.\n", "One. / Two. / Three.");
  expect_plain("a line that is\nwrapped here\n\nand a second", //
               "a line that is wrapped here / and a second");
  expect_plain("a\n\n\x7F\n\n\xC2\xA0\n\nb\n\n\x01", "a / b");
  expect_plain("a\xC2\xA0\t b\xE3\x80\x80", "a b");
}

static void indents_begin_paragraphs_on_the_wires(void **state) {
  (void)state;
  expect_plain("The harbour was closed on\nMonday, said the master.\n"
               "    It opens again when\nthe wind goes down.\n"
               "    Ferries wait.\n",
               "The harbour was closed on Monday, said the master. / "
               "It opens again when the wind goes down. / Ferries wait.");
  expect_plain("    All of it is\n    moved to the right", //
               "All of it is moved to the right");
}

static void unwrapped_lines_are_paragraphs(void **state) {
  (void)state;
  expect_plain("The first sentence ends.\nThe second does.\nThe third too.",
               "The first sentence ends. / The second does. / "
               "The third too.");
}

static void nul_is_replaced_and_counted(void **state) {
  (void)state;
  buf text = BUF_INIT;
  size_t replaced = 0;
  assert_true(prose_line(&text, " a\0b\xFF ", 6, &replaced));
  assert_string_equal(text.data, "a\xEF\xBF\xBD"
                                 "b\xEF\xBF\xBD");
  assert_int_equal(replaced, 2);
  buf_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blocks_are_paragraphs),
      cmocka_unit_test(breaks_are_spaces_until_there_are_two),
      cmocka_unit_test(lists_and_tables_are_rows),
      cmocka_unit_test(what_is_not_shown_is_left_out),
      cmocka_unit_test(entities_are_decoded),
      cmocka_unit_test(images_have_captions),
      cmocka_unit_test(broken_bytes_are_replaced),
      cmocka_unit_test(text_is_appended),
      cmocka_unit_test(depth_is_no_matter),
      cmocka_unit_test(what_would_take_hours_is_refused),
      cmocka_unit_test(empty_lines_end_paragraphs),
      cmocka_unit_test(indents_begin_paragraphs_on_the_wires),
      cmocka_unit_test(unwrapped_lines_are_paragraphs),
      cmocka_unit_test(nul_is_replaced_and_counted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "analyze/whole.h"
#include "shared_analyzer.h"

static int collect(void *user, whole_kind kind, byline_string text) {
  buf *out = user;
  byline_error error;
  if (out->length > 0)
    assert_true(buf_add_char(out, ' '));
  assert_true(buf_add_char(out, "#@le"[kind]));
  assert_true(buf_add_char(out, '='));
  return whole_fold(shared, kind, text, out, &error);
}

static const char *const TABLE[][2] = {
    {"plain text: no signs, none. At 10:30.", ""},
    {"#Harbour, (#Zürich) #東京2020! #snake_case.",
     "#=harbour #=zurich #=東京2020 #=snake_case"},
    {"#1 #2020 # a#b &#39; ##x /#frag C# F#m", ""},
    {"@Dana_Field. (@night.desk) .@x", "@=dana_field @=night.desk"},
    {"@Someone@Example.Social, hi", "@=someone@example.social"},
    {"a @ b @- @.", ""},
    {"Desk.Night+1@Tarn-News.Example. <x@y.org>",
     "e=desk.night+1@tarn-news.example e=x@y.org"},
    {"a@b a@b.c a@1.2.3.44 @@x", ""},
    {"https://Example.org/Path/?q=1#Frag, HTTP://x.example/",
     "l=example.org/path/?q=1#frag l=x.example"},
    {"(see www.tarnmouth.example/a_(b)) [http://y.example/z].",
     "l=y.example/z l=www.tarnmouth.example/a_(b))"},
    {"\"http://q.example/\" <ftp://f.example/a.txt>…",
     "l=q.example l=f.example/a.txt"},
    {"http://x xhttp://y.example mailto:a@b.org http:// www. awww.x.example",
     "e=a@b.org"},
    {"https://ä.example/ö“", ""},
    {"http://127.0.0.1:80/a", "l=127.0.0.1:80/a"},
    {"http://x.example/http://y.example/www.z.example http://v.example",
     "l=x.example/http://y.example/www.z.example l=v.example"},
    {"http://user@host.example/", "e=user@host.example"},
};

static void test_table(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof TABLE / sizeof TABLE[0]; i++) {
    buf out = BUF_INIT;
    byline_string text = {TABLE[i][0], strlen(TABLE[i][0])};
    assert_true(buf_reserve(&out, 1));
    out.data[0] = '\0';
    assert_int_equal(whole_find(text, collect, &out), 0);
    if (strcmp(out.data, TABLE[i][1]) != 0)
      fail_msg("%s\nexpected %s\nbut got  %s", TABLE[i][0], TABLE[i][1],
               out.data);
    buf_free(&out);
  }
}

static void test_what_people_type(void **state) {
  (void)state;
  static const struct {
    whole_kind kind;
    const char *typed, *term;
  } rows[] = {
      {WHOLE_HASHTAG, "#ZÜRICH", "zurich"},
      {WHOLE_HASHTAG, "zürich", "zurich"},
      {WHOLE_HANDLE, "@Dana", "dana"},
      {WHOLE_LINK, "HTTPS://Example.org/A/", "example.org/a"},
      {WHOLE_LINK, "example.org:80/a", "example.org:80/a"},
      {WHOLE_LINK, "", ""},
      {WHOLE_EMAIL, "A@B.org", "a@b.org"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    buf out = BUF_INIT;
    byline_error error;
    byline_string typed = {rows[i].typed, strlen(rows[i].typed)};
    assert_int_equal(whole_fold(shared, rows[i].kind, typed, &out, &error),
                     BYLINE_OK);
    assert_string_equal(out.data ? out.data : "", rows[i].term);
    buf_free(&out);
  }
}

static int stop(void *user, whole_kind kind, byline_string text) {
  (void)kind;
  (void)text;
  ++*(int *)user;
  return 7;
}

static void test_behind_nul(void **state) {
  static const char text[] = "\0#tag \0@name";
  (void)state;
  buf out = BUF_INIT;
  assert_int_equal(
      whole_find((byline_string){text, sizeof text - 1}, collect, &out), 0);
  assert_string_equal(out.data, "#=tag @=name");
  buf_free(&out);
}

static void test_a_callback_stops(void **state) {
  (void)state;
  int calls = 0;
  assert_int_equal(whole_find((byline_string){"#ab #cd @ef", 11}, stop, &calls),
                   7);
  assert_int_equal(calls, 1);
}

/* Every beginning of every text, in memory of its own length, and every byte
 * broken: nothing is read beyond it. */
static int ignore(void *user, whole_kind kind, byline_string text) {
  (void)kind;
  byline_string *whole = user;
  assert_true(text.data >= whole->data &&
              text.data + text.length <= whole->data + whole->length);
  return 0;
}

static void test_hostile(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof TABLE / sizeof TABLE[0]; i++)
    for (size_t n = 1; n <= strlen(TABLE[i][0]); n++)
      for (int broken = 0; broken < 2; broken++) {
        char *copy = malloc(n);
        assert_non_null(copy);
        memcpy(copy, TABLE[i][0], n);
        if (broken)
          copy[n / 2] = '\xE3';
        byline_string text = {copy, n};
        assert_int_equal(whole_find(text, ignore, &text), 0);
        free(copy);
      }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_what_people_type),
      cmocka_unit_test(test_behind_nul),
      cmocka_unit_test(test_a_callback_stops),
      cmocka_unit_test(test_hostile),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

#include "read/ezine_contents.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/ezine_marks.h"
#include "read/ezine_masthead.h"
#include "read/person.h"
#include "read/words.h"

enum {
  LONGEST_ENTRY = 300,
  LONGEST_TABLE = EZINE_AHEAD - 8, /* lines that are looked at in one go */
  SHARED = 6,                      /* tenths of the words that must agree */
  FEWEST_LISTED = 4,               /* entries of a table without a heading */
  WIDE = 60                        /* columns: lines that wide may be prose */
};

void ezine_contents_free(ezine_contents *c) {
  buf_free(&c->authors);
  buf_free(&c->entry);
}

void ezine_contents_clear(ezine_contents *c) {
  c->count = c->used = 0;
  buf_clear(&c->authors);
  buf_clear(&c->entry);
}

/* ---- Words ---- */

/* The words of a text by their hashes, numbers included; at most room. */
static size_t hash_words(byline_string s, uint32_t *words, size_t room) {
  uint32_t hash = 2166136261u;
  size_t count = 0;
  bool in_word = false;
  for (size_t at = 0; count < room;) {
    uint32_t c = at < s.length ? utf8_next(s.data, s.length, &at) : ' ';
    bool letter = c != UTF8_INVALID && u_isalnum((UChar32)c);
    if (letter)
      hash = (hash ^ (uint32_t)u_tolower((UChar32)c)) * 16777619u;
    else if (in_word && c != '\'' && c != 0x2019) {
      words[count++] = hash;
      hash = 2166136261u;
    }
    in_word = letter || (in_word && (c == '\'' || c == 0x2019));
    if (at >= s.length && !letter)
      break;
  }
  return count;
}

/* How many words two texts have in common, in their order. */
static size_t common(const uint32_t *a, size_t a_count, const uint32_t *b,
                     size_t b_count) {
  size_t row[CONTENTS_WORDS + 1] = {0};
  for (size_t i = 0; i < a_count; i++) {
    size_t corner = 0;
    for (size_t j = 1; j <= b_count; j++) {
      size_t above = row[j];
      if (a[i] == b[j - 1])
        row[j] = corner + 1;
      else if (row[j - 1] > above)
        row[j] = row[j - 1];
      corner = above;
    }
  }
  return row[b_count];
}

int ezine_contents_find(const ezine_contents *c, byline_string title) {
  uint32_t words[CONTENTS_WORDS];
  size_t count = title.length <= LONGEST_ENTRY
                     ? hash_words(title, words, CONTENTS_WORDS)
                     : 0;
  int best = CONTENTS_NONE;
  size_t best_score = 0;
  for (size_t i = 0; i < c->count && count > 0; i++) {
    const ezine_entry *e = &c->entries[i];
    size_t shared = common(e->words, e->count, words, count);
    size_t more = e->count > count ? e->count : count;
    size_t fewer = e->count > count ? count : e->count;
    bool whole = shared == more;
    bool part = shared == fewer && shared >= 2 && shared * 3 >= more;
    bool most = shared >= 3 && shared * 10 >= more * SHARED;
    size_t score = shared * 100 / (more > 0 ? more : 1);
    if (!e->used && (whole || part || most) && score > best_score) {
      best = (int)i;
      best_score = score;
    }
  }
  return best;
}

byline_string ezine_contents_author(const ezine_contents *c, int entry) {
  if (entry < 0)
    return (byline_string){"", 0};
  const ezine_entry *e = &c->entries[entry];
  return (byline_string){c->authors.length > 0 ? c->authors.data + e->author
                                               : "",
                         e->author_length};
}

/* ---- Entries ---- */

static bool has_letter(byline_string s) {
  for (size_t at = 0; at < s.length;) {
    uint32_t c = utf8_next(s.data, s.length, &at);
    if (c != UTF8_INVALID && u_isalpha((UChar32)c))
      return true;
  }
  return false;
}

static bool is_person(byline_string s) {
  size_t place;
  size_t end = person_end(s.data, s.length, false, &place);
  return s.length > 0 && person_look(s.data, end) == PERSON_FULL;
}

static byline_string without_end(byline_string s, const char *marks) {
  while (s.length > 0 && strchr(marks, s.data[s.length - 1]))
    s.length--;
  return s;
}

/* "Title ......... 3": where the dots begin and end. */
static bool find_leader(byline_string s, size_t *from, size_t *to) {
  size_t run = 0;
  for (size_t i = 0; i < s.length; i++) {
    bool dot =
        s.data[i] == '.' || s.data[i] == '_' || (s.data[i] == ' ' && run > 0);
    run = dot ? run + 1 : 0;
    if (run < 4 ||
        (i + 1 < s.length && (s.data[i + 1] == '.' || s.data[i + 1] == '_' ||
                              s.data[i + 1] == ' ')))
      continue;
    size_t dots = 0;
    for (size_t k = i + 1 - run; k <= i; k++)
      dots += s.data[k] != ' ';
    if (dots < 3)
      continue;
    *from = i + 1 - run;
    *to = i + 1;
    return true;
  }
  return false;
}

static byline_string cut(byline_string s, size_t from, size_t to) {
  return words_trim((byline_string){s.data + from, to - from});
}

/* "| Jane Doe | IV. | A title |": the longest cell is the title, a person the
 * author. */
static void part_row(byline_string s, byline_string *title,
                     byline_string *author) {
  *title = *author = (byline_string){"", 0};
  for (size_t at = 0; at < s.length;) {
    const char *bar = memchr(s.data + at, '|', s.length - at);
    size_t end = bar ? (size_t)(bar - s.data) : s.length;
    byline_string cell = cut(s, at, end);
    at = end + 1;
    if (author->length == 0 && is_person(cell) && title->length > 0)
      *author = cell;
    else if (cell.length > title->length) {
      if (is_person(*title))
        *author = *title;
      *title = cell;
    } else if (author->length == 0 && is_person(cell))
      *author = cell;
  }
}

/* Parts what an entry says into title and author. */
static void part_entry(byline_string s, size_t column, byline_string *title,
                       byline_string *author) {
  size_t from, to;
  byline_string name;
  bool framed;
  *author = (byline_string){"", 0};
  byline_string all = s;
  if (s.length > 0 && memchr(s.data, '|', s.length)) {
    part_row(s, &s, author);
  } else if (find_leader(s, &from, &to)) {
    *author = cut(s, to, s.length);
    s = cut(s, 0, from);
  } else if (column > 2 && column < s.length) {
    *author = cut(s, column, s.length);
    s = cut(s, 0, column);
  }
  if (author->length > 0)
    ezine_by(author);
  if (!has_letter(*author))
    *author = (byline_string){"", 0};
  else if (!is_person(*author) && s.length < 3)
    s = all;
  s = ezine_unnumbered(words_trim(s));
  if (s.length > 2 && memchr("-*+", *s.data, 3) && s.data[1] == ' ')
    s = cut(s, 2, s.length);
  s = ezine_unnumbered(ezine_bare(s, &framed));
  if (author->length == 0 && ezine_by_inside(s, &from, &name) &&
      person_look(name.data, name.length) >= PERSON_UNCASED) {
    *author = name;
    s = cut(s, 0, from);
  } else if (author->length == 0 && s.length > 4 &&
             s.data[s.length - 1] == ')') {
    for (from = s.length - 1; from > 1 && s.data[from] != '('; from--)
      ;
    byline_string in = cut(s, from + 1, s.length - 1);
    if (from > 1 && is_person(in)) {
      *author = in;
      s = cut(s, 0, from);
    }
  }
  *title = without_end(s, " .,;:-");
}

byline_string ezine_contents_title(const ezine_line *l) {
  byline_string title, author;
  part_entry(ezine_string(l), l->column, &title, &author);
  return title;
}

/* Adds the entry that was put together. */
static bool finish(ezine_contents *c) {
  byline_string title, author;
  if (c->entry.length == 0)
    return true;
  part_entry(buf_string(&c->entry), c->column, &title, &author);
  if (c->count < CONTENTS_MOST && has_letter(title)) {
    ezine_entry *e = &c->entries[c->count];
    *e = (ezine_entry){.author = c->authors.length};
    e->count = hash_words(title, e->words, CONTENTS_WORDS);
    if (is_person(author)) {
      size_t place;
      author.length = person_end(author.data, author.length, false, &place);
      e->author_length = author.length;
      if (!buf_add_str(&c->authors, author))
        return false;
    }
    c->count += e->count > 0;
  }
  buf_clear(&c->entry);
  return true;
}

static bool begin(ezine_contents *c, const ezine_line *l) {
  if (!finish(c))
    return false;
  c->column = l->column;
  return l->text.length > LONGEST_ENTRY ||
         buf_add_str(&c->entry, ezine_string(l));
}

bool ezine_contents_add(ezine_contents *c, const ezine_line *l) {
  return begin(c, l) && finish(c);
}

/* ---- The table ---- */

static bool has_leader(const ezine_line *l) {
  size_t from, to;
  return find_leader(ezine_string(l), &from, &to);
}

/* A row of a table that is drawn with bars. */
static bool is_row(const ezine_line *l) {
  byline_string s = ezine_string(l);
  return s.length > 2 && (*s.data == '|' || s.data[s.length - 1] == '|');
}

static bool is_entry(const ezine_line *l) {
  return ezine_item(ezine_string(l)) || has_leader(l) || l->column > 0 ||
         is_row(l);
}

/* Prose: wide lines in a row that have nothing of an entry. */
static bool is_prose(const ezine_window *w, size_t at, bool listed) {
  const ezine_line *l = ezine_at(w, at), *next = ezine_at(w, at + 1);
  if (is_entry(l) || !next || next->gap > 0 || next->rule || is_entry(next))
    return false;
  return l->width >= WIDE ||
         (listed && l->width - l->indent >= WIDE / 2 && l->gap > 0);
}

/* Whether a line goes on with the entry before. */
static bool continues(const ezine_line *l, const ezine_line *first,
                      bool listed) {
  return l->gap == 0 && !is_entry(l) &&
         (listed || l->indent > first->indent + 1) && l->indent > first->indent;
}

/* The number that a line of a list begins with; 0: none. */
static size_t number_of(const ezine_line *l) {
  byline_string s = ezine_string(l);
  size_t n = 0, i = 0;
  if (ezine_unnumbered(s).data == s.data)
    return 0;
  while (i < s.length && memchr("[(#0x", s.data[i], 5))
    i++;
  for (; i < s.length && s.data[i] >= '0' && s.data[i] <= '9' && n < 1000; i++)
    n = n * 10 + (size_t)(s.data[i] - '0');
  return n;
}

/* "1. ...", "2. ...", "3. ...", with a line or two between them. */
static bool begins_list(const ezine_window *w, size_t at) {
  size_t want = 1;
  for (size_t i = 0; i < 3 * FEWEST_LISTED && want <= FEWEST_LISTED; i++) {
    const ezine_line *l = ezine_at(w, at + i);
    if (!l || (i == 0 && number_of(l) != 1))
      return false;
    want += number_of(l) == want;
  }
  return want > FEWEST_LISTED;
}

size_t ezine_contents_take(ezine_contents *c, const ezine_window *w, size_t at,
                           bool loose, bool *fits) {
  const ezine_line *l = ezine_at(w, at), *first = NULL;
  bool listed = false, ended = false, ok = true;
  size_t entries = 0, i = at + 1;
  size_t known_count = c ? c->count : 0,
         known_bytes = c ? c->authors.length : 0;
  if (!l || l->rule)
    return 0;
  if (loose && begins_list(w, at))
    i = at;
  else if (!ezine_contents_heading(ezine_string(l)))
    return 0;
  for (; i < at + LONGEST_TABLE && (l = ezine_at(w, i)) && !ended; i++) {
    if (l->rule) {
      ended = entries > 0 && (ezine_strong(l) || l->gap > 0) &&
              !is_row(ezine_at(w, i + 1));
      continue;
    }
    bool known = c && ezine_contents_find(c, ezine_contents_title(l)) >= 0 &&
                 i > at + 1 && l->gap > 0;
    if (l->gap > 2 && entries > 1)
      break;
    if (known || l->page || is_prose(w, i, listed) ||
        (entries > 0 && l->gap > 0 &&
         (l->indent + 1 < first->indent ||
          (listed && l->indent <= first->indent && !is_entry(l)))))
      break;
    if (!first) {
      first = l;
      listed = ezine_item(ezine_string(l));
    }
    if (entries > 0 && continues(l, first, listed)) {
      if (c && l->text.length <= LONGEST_ENTRY)
        ok = ok && buf_add_char(&c->entry, ' ') &&
             buf_add_str(&c->entry, ezine_string(l));
      continue;
    }
    entries++;
    ok = ok && (!c || begin(c, l));
  }
  ok = ok && (!c || finish(c));
  *fits = ok;
  if (entries >= 2)
    return i - at;
  if (c) { /* one entry is none */
    c->count = known_count;
    c->authors.length = known_bytes;
  }
  return 0;
}

#include "read/ezine_marks.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool ezine_begins(byline_string s, const char *mark) {
  size_t at = 0, i = 0;
  /* All but a few bytes end here. */
  if (s.length == 0 ||
      ((unsigned char)*mark < 0x80 ? (*s.data | 0x20) != (*mark | 0x20)
                                   : (unsigned char)*s.data < 0x80))
    return false;
  for (size_t length = strlen(mark); i < length;) {
    if (at >= s.length)
      return false;
    uint32_t a = utf8_next(s.data, s.length, &at);
    uint32_t b = utf8_next(mark, length, &i);
    if (a != b && (a == UTF8_INVALID || (uint32_t)u_tolower((UChar32)a) != b))
      return false;
  }
  return true;
}

/* ---- Titles ---- */

static bool is_ornament(char c) {
  return c != '\0' && strchr("-=*_~#+|<>/\\^:.o", c) != NULL && c != 'o';
}

/* How many ornaments and spaces a text begins or ends with; *marks of them are
 * no spaces. */
static size_t ornaments(byline_string s, bool end, size_t *marks) {
  size_t size = 0;
  *marks = 0;
  while (size < s.length) {
    char c = end ? s.data[s.length - 1 - size] : s.data[size];
    if (c != ' ' && !is_ornament(c))
      break;
    *marks += c != ' ';
    size++;
  }
  return size;
}

byline_string ezine_bare(byline_string s, bool *framed) {
  size_t before, after;
  size_t from = ornaments(s, false, &before), to = ornaments(s, true, &after);
  *framed = false;
  if (from + to >= s.length)
    return s;
  bool bars = before == 1 && after == 1 && *s.data == '|' &&
              s.data[s.length - 1] == '|';
  bool brackets = s.length > 4 && *s.data == '[' && s.data[1] == ' ' &&
                  s.data[s.length - 1] == ']' && s.data[s.length - 2] == ' ';
  if (brackets)
    s = (byline_string){s.data + 1, s.length - 2};
  else if ((before >= 2 && after >= 2 && *s.data != '.') || bars ||
           (before == 1 && after == 1 && *s.data == '*' &&
            s.data[s.length - 1] == '*'))
    s = (byline_string){s.data + from, s.length - from - to};
  else if (before >= 1 && before <= 6 && s.data[from - 1] == ' ' &&
           strchr("#=*/", *s.data) && (before > 1 || *s.data == '#'))
    return (byline_string){s.data + from, s.length - from};
  else
    return s;
  *framed = true;
  return words_trim(s);
}

static bool is_roman(byline_string s) {
  for (size_t i = 0; i < s.length; i++)
    if (!memchr("IVXivx", s.data[i], 6))
      return false;
  return s.length > 0 && s.length <= 5;
}

static bool is_number(byline_string s) {
  size_t digits = 0;
  if (s.length > 2 && s.data[0] == '0' && s.data[1] == 'x') {
    s.data += 2;
    s.length -= 2;
    for (size_t i = 0; i < s.length; i++)
      if (!is_digit(s.data[i]) && !memchr("abcdefABCDEF", s.data[i], 12))
        return false;
    return s.length <= 2;
  }
  for (size_t i = 0; i < s.length; i++) {
    if (!is_digit(s.data[i]) && (s.data[i] != '.' || i == 0))
      return false;
    digits += is_digit(s.data[i]);
  }
  return digits > 0 && s.length <= 5 && digits <= 3;
}

byline_string ezine_unnumbered(byline_string s) {
  const char *space = memchr(s.data, ' ', s.length < 12 ? s.length : 12);
  if (!space)
    return s;
  byline_string n = {s.data, (size_t)(space - s.data)};
  byline_string rest =
      words_trim((byline_string){space, s.length - (size_t)(space - s.data)});
  bool open = n.length > 1 && (*n.data == '[' || *n.data == '(');
  bool sign = n.length > 1 && *n.data == '#';
  if (open || sign) {
    n.data++;
    n.length--;
  }
  size_t marks = 0;
  while (n.length > 0 && memchr(".):]-/", n.data[n.length - 1], 6)) {
    n.length--;
    marks++;
  }
  bool hex = n.length > 2 && n.data[1] == 'x';
  if (marks == 0 && rest.length > 2 && rest.data[0] == '-' &&
      rest.data[1] == ' ') {
    rest = words_trim((byline_string){rest.data + 1, rest.length - 1});
    marks++;
  }
  if ((marks == 0 && !sign && !hex) || rest.length < 2 ||
      !(is_number(n) || (is_roman(n) && marks > 0)))
    return s;
  return rest;
}

bool ezine_item(byline_string s) {
  if (s.length > 2 && memchr("-*+o", *s.data, 4) && s.data[1] == ' ')
    return true;
  if (s.length > 4 && memcmp(s.data, "\xE2\x80\xA2", 3) == 0)
    return true;
  byline_string rest = ezine_unnumbered(s);
  return rest.data != s.data && *s.data != '#';
}

/* ---- Mail ---- */

ezine_field ezine_header(byline_string s, byline_string *value) {
  static const struct {
    const char *name;
    ezine_field field;
  } fields[] = {{"from", FIELD_FROM},
                {"subject", FIELD_SUBJECT},
                {"date", FIELD_DATE},
                {"sent", FIELD_DATE},
                {"to", FIELD_OTHER},
                {"cc", FIELD_OTHER},
                {"sender", FIELD_OTHER},
                {"reply-to", FIELD_OTHER},
                {"message-id", FIELD_OTHER},
                {"organization", FIELD_OTHER},
                {"newsgroups", FIELD_OTHER},
                {"keywords", FIELD_OTHER},
                {"summary", FIELD_OTHER},
                {"lines", FIELD_OTHER},
                {"references", FIELD_OTHER},
                {"x-mailer", FIELD_OTHER},
                {"followup-to", FIELD_OTHER},
                {"return-path", FIELD_OTHER},
                {"posted-date", FIELD_DATE},
                {"von", FIELD_FROM},
                {"betreff", FIELD_SUBJECT},
                {"betrifft", FIELD_SUBJECT},
                {"datum", FIELD_DATE},
                {"de", FIELD_FROM},
                {"objet", FIELD_SUBJECT},
                {"sujet", FIELD_SUBJECT},
                {"a", FIELD_OTHER},
                {"an", FIELD_OTHER},
                {"asunto", FIELD_SUBJECT},
                {"fecha", FIELD_DATE},
                {"para", FIELD_OTHER},
                {"da", FIELD_FROM},
                {"oggetto", FIELD_SUBJECT},
                {"data", FIELD_DATE},
                {"title", FIELD_SUBJECT},
                {"author", FIELD_FROM},
                {"titre", FIELD_SUBJECT},
                {"auteur", FIELD_FROM},
                {"titel", FIELD_SUBJECT},
                {"autor", FIELD_FROM},
                {"titulo", FIELD_SUBJECT},
                {"van", FIELD_FROM},
                {"onderwerp", FIELD_SUBJECT},
                {"\xD1\x82\xD0\xB5\xD0\xBC\xD0\xB0", FIELD_SUBJECT},
                {"\xD0\xBE\xD1\x82", FIELD_FROM},
                {"\xD0\xB4\xD0\xB0\xD1\x82\xD0\xB0", FIELD_DATE}};
  const char *colon = memchr(s.data, ':', s.length < 24 ? s.length : 24);
  if (!colon)
    return FIELD_NONE;
  byline_string name =
      words_trim((byline_string){s.data, (size_t)(colon - s.data)});
  *value = words_trim(
      (byline_string){colon + 1, s.length - (size_t)(colon + 1 - s.data)});
  for (size_t i = 0; i < COUNT(fields); i++)
    if (strlen(fields[i].name) == name.length &&
        ezine_begins(name, fields[i].name))
      return fields[i].field;
  return FIELD_NONE;
}

static byline_string unquoted(byline_string s) {
  s = words_trim(s);
  while (s.length > 1 && memchr("\"'", *s.data, 2) &&
         s.data[s.length - 1] == *s.data)
    s = words_trim((byline_string){s.data + 1, s.length - 2});
  return s;
}

byline_string ezine_sender(byline_string value) {
  const byline_string none = {"", 0};
  const char *open = memchr(value.data, '<', value.length);
  if (open && open > value.data)
    return unquoted((byline_string){value.data, (size_t)(open - value.data)});
  open = memchr(value.data, '(', value.length);
  if (open && memchr(value.data, '@', (size_t)(open - value.data))) {
    size_t from = (size_t)(open + 1 - value.data);
    const char *close = memchr(open, ')', value.length - from + 1);
    size_t end = close ? (size_t)(close - value.data) : value.length;
    return unquoted((byline_string){open + 1, end - from});
  }
  return memchr(value.data, '@', value.length) || *value.data == '<'
             ? none
             : unquoted(value);
}

/* ---- Bylines ---- */

static const char *const by_words[] = {
    "by: ",
    "by ",
    "written by ",
    "from ",
    "article by ",
    "review by ",
    "reviewed by ",
    "story by ",
    "text by ",
    "words by ",
    "interview by ",
    "compiled by ",
    "edited by ",
    "author: ",
    "author - ",
    "authors: ",
    "von: ",
    "von ",
    "text: ",
    "text von ",
    "autor: ",
    "autorin: ",
    "verfasser: ",
    "geschrieben von ",
    "ein bericht von ",
    "par: ",
    "par ",
    "ecrit par ",
    "\303\251crit par ",
    "auteur: ",
    "auteur : ",
    "por: ",
    "por ",
    "escrito por ",
    "autora: ",
    "di ",
    "scritto da ",
    "a cura di ",
    "da ",
    "autore: ",
    "door ",
    "door: ",
    "geschreven door ",
    "av ",
    "af ",
    "skrevet av ",
    "kirjoittanut ",
    "napisa\xC5\x82 ",
    "autor - ",
    "\xD0\xB0\xD0\xB2\xD1\x82\xD0\xBE\xD1\x80: ",
    "\xD0\xB0\xD0\xB2\xD1\x82\xD0\xBE\xD1\x80 - ",
    "\xD1\x82\xD0\xB5\xD0\xBA\xD1\x81\xD1\x82: "};

bool ezine_by(byline_string *s) {
  for (size_t i = 0; i < COUNT(by_words); i++)
    if (ezine_begins(*s, by_words[i])) {
      size_t length = strlen(by_words[i]);
      byline_string rest =
          words_trim((byline_string){s->data + length, s->length - length});
      if (rest.length == 0)
        return false;
      *s = rest;
      return true;
    }
  return false;
}

/* A text that is a mark without the space at its end. */
static bool is_word(byline_string s, const char *mark) {
  char text[16];
  memcpy(text, s.data, s.length);
  text[s.length] = ' ';
  return ezine_begins((byline_string){text, s.length + 1}, mark);
}

bool ezine_by_alone(byline_string s) {
  bool framed;
  s = ezine_bare(s, &framed);
  while (s.length > 0 && memchr(" :.", s.data[s.length - 1], 3))
    s.length--;
  for (size_t i = 0; i < COUNT(by_words) && s.length < 12; i++)
    if (s.length > 1 && strlen(by_words[i]) == s.length + 1 &&
        is_word(s, by_words[i]))
      return true;
  return false;
}

bool ezine_by_inside(byline_string s, size_t *at, byline_string *name) {
  static const char *const marks[] = {" by ", " von ", " par ",  " por ",
                                      " di ", " av ",  " door ", " BY ",
                                      " By ", " PAR ", " Par ",  " Von "};
  for (size_t i = s.length; i-- > 1;)
    for (size_t m = 0; s.data[i] == ' ' && m < COUNT(marks); m++) {
      size_t length = strlen(marks[m]);
      if (s.length - i <= length || memcmp(s.data + i, marks[m], length) != 0)
        continue;
      *at = i;
      *name = words_trim(
          (byline_string){s.data + i + length, s.length - i - length});
      return true;
    }
  return false;
}

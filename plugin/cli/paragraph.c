#include "cli/paragraph.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

#include "cli/width.h"

enum { MEASURE = 100 }; /* columns: longer lines are hard to read */

/* First strong isolate and its end. */
enum { ISOLATE_SIZE = 3 };
static const char isolate[] = {'\xE2', '\x81', '\xA8', '\0'};
static const char isolate_end[] = {'\xE2', '\x81', '\xA9', '\0'};

/* From a byte on the text looks so. */
typedef struct turn {
  size_t at;
  paragraph_style style;
} turn;

struct paragraph {
  cli_screen screen;
  UBreakIterator *lines, *characters; /* NULL: lines are not wrapped */
  char *text;
  size_t length, capacity;
  turn *turns;
  size_t turn_count, turn_capacity;
  size_t whole_from, whole_to; /* no line ends in here */
  bool failed;                 /* memory has run out */
  /* While it is printed: */
  size_t next_turn;
  paragraph_style style;
  bool isolated;
};

paragraph *paragraph_new(const cli_screen *screen) {
  paragraph *p = calloc(1, sizeof *p);
  if (!p) {
    cli_fail("out of memory");
    return NULL;
  }
  p->screen = *screen;
  if (p->screen.width > MEASURE)
    p->screen.width = MEASURE;
  if (screen->width == 0)
    return p;
  UErrorCode icu = U_ZERO_ERROR;
  p->lines = ubrk_open(UBRK_LINE, "", NULL, 0, &icu);
  p->characters = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &icu);
  if (U_FAILURE(icu))
    p->screen.width = 0;
  return p;
}

void paragraph_free(paragraph *p) {
  if (!p)
    return;
  ubrk_close(p->lines);
  ubrk_close(p->characters);
  free(p->text);
  free(p->turns);
  free(p);
}

/* ---- Putting it together ----------------------------------------------- */

static void *grow(paragraph *p, void *array, size_t needed, size_t size,
                  size_t *capacity) {
  if (needed <= *capacity)
    return array;
  size_t more = *capacity < SIZE_MAX / 4 / size ? needed * 2 : 0;
  void *larger = more > 0 ? realloc(array, more * size) : NULL;
  if (larger)
    *capacity = more;
  else
    p->failed = true;
  return larger ? larger : array;
}

static void add_bytes(paragraph *p, const char *bytes, size_t length) {
  p->text = grow(p, p->text, p->length + length, 1, &p->capacity);
  if (p->failed)
    return;
  memcpy(p->text + p->length, bytes, length);
  p->length += length;
}

void paragraph_set_style(paragraph *p, paragraph_style style) {
  p->turns =
      grow(p, p->turns, p->turn_count + 1, sizeof *p->turns, &p->turn_capacity);
  if (!p->failed)
    p->turns[p->turn_count++] = (turn){p->length, style};
}

void paragraph_add(paragraph *p, const char *text) {
  add_bytes(p, text, strlen(text));
}

static bool leads_left(UChar32 c) {
  UCharDirection direction = u_charDirection(c);
  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

static bool has_leftward(byline_string text) {
  for (size_t i = 0; i < text.length;) {
    UChar32 c = cli_next_character(text.data, text.length, &i);
    if (c >= 0 && leads_left(c))
      return true;
  }
  return false;
}

/* One character from elsewhere, which stands in these bytes. */
static void add_character(paragraph *p, UChar32 c, const char *bytes,
                          size_t size) {
  if (c < 0)
    add_bytes(p, "\xEF\xBF\xBD", 3);
  else if (cli_control(bytes, size) > 0)
    add_bytes(p, "?", 1);
  else if (!p->screen.terminal || !cli_turns_direction(c))
    add_bytes(p, bytes, size);
}

void paragraph_add_text(paragraph *p, byline_string text,
                        const byline_highlight *matches, size_t count) {
  paragraph_style around =
      p->turn_count > 0 ? p->turns[p->turn_count - 1].style : STYLE_PLAIN;
  bool leftward = p->screen.terminal && has_leftward(text);
  if (leftward)
    add_bytes(p, isolate, ISOLATE_SIZE);
  for (size_t at = 0, i = 0; at < text.length && !p->failed;) {
    if (i < count && at == matches[i].start)
      paragraph_set_style(p, STYLE_MATCH);
    size_t from = at;
    UChar32 c = cli_next_character(text.data, text.length, &at);
    add_character(p, c, text.data + from, at - from);
    if (i < count && at >= matches[i].end) {
      paragraph_set_style(p, around);
      i++;
    }
  }
  if (leftward)
    add_bytes(p, isolate_end, ISOLATE_SIZE);
}

size_t paragraph_length(const paragraph *p) {
  return p->length;
}

void paragraph_keep(paragraph *p, size_t from) {
  p->whole_from = from;
  p->whole_to = p->length;
}

/* ---- Printing ---------------------------------------------------------- */

/* Bold, faint, and red, which stands out on black and on white alike. */
static void put_style(const paragraph *p, paragraph_style style) {
  static const char *const sequences[] = {"", "\033[1m", "\033[2m",
                                          "\033[1;31m"};
  if (p->screen.colour)
    fputs(sequences[style], stdout);
}

static void set_style(paragraph *p, paragraph_style style) {
  if (style == p->style)
    return;
  if (p->style != STYLE_PLAIN && p->screen.colour)
    fputs("\033[0m", stdout);
  put_style(p, style);
  p->style = style;
}

/* Prints some bytes of it, which are behind those printed before. */
static void put_part(paragraph *p, size_t from, size_t to) {
  while (from < to) {
    while (p->next_turn < p->turn_count && p->turns[p->next_turn].at <= from)
      set_style(p, p->turns[p->next_turn++].style);
    size_t end = p->next_turn < p->turn_count ? p->turns[p->next_turn].at : to;
    end = end < to ? end : to;
    fwrite(p->text + from, 1, end - from, stdout);
    from = end;
  }
}

/* The same of a paragraph that has isolates: whether one is open at the end. */
static void note_isolates(paragraph *p, size_t from, size_t to) {
  for (size_t i = from; i + ISOLATE_SIZE <= to; i++)
    if (memcmp(p->text + i, isolate, ISOLATE_SIZE) == 0)
      p->isolated = true;
    else if (memcmp(p->text + i, isolate_end, ISOLATE_SIZE) == 0)
      p->isolated = false;
}

/* Styles and isolates end with the line and begin again in the next one, with
 * what is at this byte. */
static void put_line_end(paragraph *p, size_t at, size_t indent) {
  paragraph_style style = p->style;
  while (p->next_turn < p->turn_count && p->turns[p->next_turn].at <= at)
    style = p->turns[p->next_turn++].style;
  set_style(p, STYLE_PLAIN);
  printf("%s\n%*s", p->isolated ? isolate_end : "", (int)indent, "");
  fputs(p->isolated ? isolate : "", stdout);
  set_style(p, style);
}

static size_t part_width(const paragraph *p, size_t from, size_t to) {
  return cli_text_width(p->text + from, to - from);
}

/* Puts a word that is longer than a line: parted between characters. Returns
 * the column behind it. */
static size_t put_long(paragraph *p, size_t from, size_t to, size_t indent,
                       size_t column) {
  while (from < to) {
    int32_t next = ubrk_following(p->characters, (int32_t)from);
    size_t end = next == UBRK_DONE || (size_t)next > to ? to : (size_t)next;
    size_t width = part_width(p, from, end);
    if (column + width > p->screen.width && column > indent) {
      put_line_end(p, from, indent);
      column = indent;
    }
    put_part(p, from, end);
    note_isolates(p, from, end);
    column += width;
    from = end;
  }
  return column;
}

/* Where the spaces at the end of a part begin. */
static size_t spaces_from(const paragraph *p, size_t from, size_t to) {
  while (to > from && p->text[to - 1] == ' ')
    to--;
  return to;
}

/* Addresses and paths can be clicked and copied only where they are whole. */
static bool stays_whole(const paragraph *p, size_t border) {
  return (border > p->whole_from && border < p->whole_to) ||
         strchr("/?&=", p->text[border - 1]) != NULL;
}

/* Where the next part ends that stays in one line, with the spaces at its end.
 * What is kept whole begins one, whatever Unicode has against it: before a
 * slash no line ends, not even behind a space. */
static size_t next_border(const paragraph *p, size_t from) {
  int32_t border;
  do {
    border = ubrk_next(p->lines);
    if (border != UBRK_DONE && from < p->whole_from &&
        (size_t)border > p->whole_from) {
      ubrk_previous(p->lines);
      return p->whole_from;
    }
  } while (border != UBRK_DONE && stays_whole(p, (size_t)border));
  return border == UBRK_DONE ? p->length : (size_t)border;
}

static void put_lines(paragraph *p, size_t column, size_t indent) {
  size_t from = 0, next, spaces = 0; /* those that wait for a word behind */
  for (ubrk_first(p->lines); from < p->length; from = next) {
    next = next_border(p, from);
    size_t end = spaces_from(p, from, next);
    size_t width = part_width(p, from, end);
    if (column + spaces + width > p->screen.width && column > indent) {
      put_line_end(p, from, indent);
      column = indent;
    } else {
      put_part(p, from - spaces, from);
      column += spaces;
    }
    if (column + width > p->screen.width) {
      column = put_long(p, from, end, indent, column);
    } else {
      put_part(p, from, end);
      note_isolates(p, from, end);
      column += width;
    }
    spaces = next - end;
  }
}

static bool begin_wrapping(paragraph *p) {
  if (p->screen.width == 0 || p->length == 0 || p->length > INT32_MAX)
    return false;
  UErrorCode icu = U_ZERO_ERROR;
  UText *text = utext_openUTF8(NULL, p->text, (int64_t)p->length, &icu);
  ubrk_setUText(p->lines, text, &icu);
  ubrk_setUText(p->characters, text, &icu);
  utext_close(text); /* they have copies of it */
  return U_SUCCESS(icu) != 0;
}

bool paragraph_print(paragraph *p, const char *lead, size_t indent) {
  p->next_turn = 0;
  p->style = STYLE_PLAIN;
  p->isolated = false;
  if (p->failed)
    return false;
  fputs(lead, stdout);
  if (begin_wrapping(p))
    put_lines(p, cli_text_width(lead, strlen(lead)), indent);
  else
    put_part(p, 0, p->length);
  set_style(p, STYLE_PLAIN);
  putchar('\n');
  p->length = 0;
  p->turn_count = 0;
  p->whole_from = p->whole_to = 0;
  return true;
}

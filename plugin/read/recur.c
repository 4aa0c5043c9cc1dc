#include "read/recur.h"

#include <stdlib.h>
#include <string.h>

enum {
  FIRST_CAPACITY = 1 << 9,
  MOST_CAPACITY = 1 << 17, /* entries of the table; half of them are used */
  LONGEST = 200,           /* bytes of a line that can recur */
  FEWEST_LETTERS = 4,
  PARAGRAPH = 140, /* bytes of a line that ends the top of a text */
  MOST_TOP = 512,
  FEWEST_CONTENTS = 4
};

struct recur_entry {
  uint64_t key; /* 0: free */
  uint32_t count;
  uint32_t announced;
  size_t first; /* the line it was first found in */
};

bool recur_init(recur *r) {
  *r = (recur){.capacity = FIRST_CAPACITY};
  r->table = calloc(r->capacity, sizeof *r->table);
  r->top = calloc(MOST_TOP, sizeof *r->top);
  r->top_numbers = calloc(MOST_TOP, sizeof *r->top_numbers);
  return r->table && r->top && r->top_numbers;
}

void recur_free(recur *r) {
  free(r->table);
  free(r->top);
  free(r->top_numbers);
  *r = (recur){0};
}

/* ---- Keys ---- */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool counts(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
         (unsigned char)c >= 0x80;
}

/* FNV-1a over what counts; 0 when that is too little to tell lines apart. */
static uint64_t key_of(byline_string s) {
  uint64_t key = UINT64_C(0xcbf29ce484222325);
  size_t letters = 0;
  if (s.length > LONGEST)
    return 0;
  while (s.length > 0 &&
         (!counts(s.data[s.length - 1]) || is_digit(s.data[s.length - 1])))
    s.length--;
  while (s.length > 0 && (!counts(*s.data) || is_digit(*s.data))) {
    s.data++;
    s.length--;
  }
  for (size_t i = 0; i < s.length; i++) {
    char c = s.data[i];
    if (!counts(c))
      continue;
    letters++;
    key = (key ^ (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c)) *
          UINT64_C(0x100000001b3);
  }
  return letters < FEWEST_LETTERS ? 0 : key | 1;
}

/* "The Gull" of "The Gull | News"; empty without a bar. */
static byline_string before_bar(byline_string s) {
  if (!memchr(s.data, '|', s.length < LONGEST ? s.length : LONGEST))
    return (byline_string){NULL, 0};
  for (size_t i = 0; i + 2 < s.length && i < LONGEST; i++)
    if (memcmp(s.data + i, " | ", 3) == 0)
      return (byline_string){s.data, i};
  return (byline_string){NULL, 0};
}

static uint64_t pair_key(uint64_t first, uint64_t second) {
  return first && second
             ? (first * UINT64_C(0x9e3779b97f4a7c15) ^ (second >> 1)) | 1
             : 0;
}

/* ---- The table ---- */

static recur_entry *slot(const recur *r, uint64_t key) {
  size_t at = (size_t)(key >> 7) & (r->capacity - 1);
  while (r->table[at].key && r->table[at].key != key)
    at = (at + 1) & (r->capacity - 1);
  return &r->table[at];
}

static bool grow(recur *r) {
  recur bigger = {.capacity = r->capacity * 2};
  bigger.table = calloc(bigger.capacity, sizeof *bigger.table);
  if (!bigger.table)
    return false;
  for (size_t i = 0; i < r->capacity; i++)
    if (r->table[i].key)
      *slot(&bigger, r->table[i].key) = r->table[i];
  free(r->table);
  r->table = bigger.table;
  r->capacity = bigger.capacity;
  return true;
}

static bool count_key(recur *r, uint64_t key, size_t number) {
  if (!key)
    return true;
  recur_entry *entry = slot(r, key);
  if (!entry->key) {
    if (r->count * 2 >= r->capacity) {
      if (r->capacity == MOST_CAPACITY)
        return true;
      if (!grow(r))
        return false;
      entry = slot(r, key);
    }
    r->count++;
    *entry = (recur_entry){key, 0, 0, number};
  }
  if (entry->count < UINT32_MAX)
    entry->count++;
  return true;
}

bool recur_add(recur *r, byline_string text, size_t number) {
  uint64_t key = key_of(text), before = r->before;
  r->before = key;
  if (text.length > PARAGRAPH)
    r->top_ended = true;
  if (key && !r->top_ended && r->top_count < MOST_TOP) {
    r->top[r->top_count] = key;
    r->top_numbers[r->top_count++] = number;
  }
  return count_key(r, key, number) &&
         count_key(r, key_of(before_bar(text)), number) &&
         count_key(r, pair_key(before, key), number);
}

/* Contents are lines at the top that come again further down; at least half of
 * the lines from the first to the last of them do. */
void recur_finish(recur *r) {
  size_t first = 0, last = 0, found = 0;
  for (size_t i = 0; i < r->top_count; i++) {
    const recur_entry *entry = slot(r, r->top[i]);
    if (entry->count < 2 || entry->first != r->top_numbers[i])
      continue;
    if (found++ == 0)
      first = i;
    last = i;
  }
  if (found < FEWEST_CONTENTS || found * 2 < last - first + 1)
    return;
  r->contents_first = r->top_numbers[first];
  r->contents_last = r->top_numbers[last];
  for (size_t i = first; i <= last; i++)
    slot(r, r->top[i])->announced = 1;
}

/* ---- Questions ---- */

static size_t times(const recur *r, uint64_t key) {
  return key ? slot(r, key)->count : 0;
}

size_t recur_times(const recur *r, byline_string text) {
  size_t whole = times(r, key_of(text));
  byline_string title = before_bar(text);
  size_t part = title.length > 0 ? times(r, key_of(title)) : 0;
  return part > whole ? part : whole;
}

size_t recur_pair(const recur *r, byline_string first, byline_string second) {
  uint64_t key = key_of(first);
  return times(r, key) > 0 ? times(r, pair_key(key, key_of(second))) : 0;
}

bool recur_in_contents(const recur *r, size_t number) {
  return r->contents_last > 0 && number >= r->contents_first &&
         number <= r->contents_last;
}

bool recur_announced(const recur *r, byline_string text, size_t number) {
  if (r->contents_last == 0 || recur_in_contents(r, number))
    return false;
  uint64_t key = key_of(text);
  return key && slot(r, key)->announced;
}

#include "read/credit.h"

#include <string.h>

#include "read/date_time.h"
#include "read/words.h"

enum { LONGEST = 300, SHORTEST_DATE = 8 };

static bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static byline_string trim(byline_string s) {
  while (s.length > 0 && is_blank(*s.data)) {
    s.data++;
    s.length--;
  }
  while (s.length > 0 && is_blank(s.data[s.length - 1]))
    s.length--;
  return s;
}

/* A day, that is: a year alone is a part of too many things. */
static bool is_date(byline_string s) {
  char iso[DATE_ISO_SIZE];
  if (s.length < SHORTEST_DATE)
    return false;
  date_result result = date_time_parse(s.data, s.length, iso);
  return result == DATE_FOUND ? strlen(iso) >= 10 : result == DATE_UNCLEAR;
}

/* "Posted by", "Submitted by": names_parse knows "by". */
static byline_string without_verb(byline_string s) {
  static const char *const verbs[] = {"posted by ", "submitted by ",
                                      "published by ", "written by "};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (words_begin(s.data, s.length, verbs[i])) {
      size_t size = strlen(verbs[i]) - strlen("by ");
      return (byline_string){s.data + size, s.length - size};
    }
  return s;
}

/* The length of what parts a name from a date, 0 if that does not begin here.
 */
static size_t joint_at(const char *text, size_t length) {
  static const char *const joints[] = {
      ", ", " | ", " - ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 ",
      "; ", " / ", " on ", " \xE2\x80\xA2 ", " \xE2\x88\x99 ", ": ",
      "|",  "\n",  " by "};
  for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
    if (words_begin(text, length, joints[i]))
      return strcmp(joints[i], " by ") == 0 ? 1 : strlen(joints[i]);
  return 0;
}

credit credit_parse(const char *text, size_t length) {
  byline_string all = without_verb(trim((byline_string){text, length}));
  for (size_t at = 1; all.length <= LONGEST && at < all.length; at++) {
    size_t joint = joint_at(all.data + at, all.length - at);
    if (joint == 0)
      continue;
    byline_string head = trim((byline_string){all.data, at});
    byline_string rest =
        trim((byline_string){all.data + at + joint, all.length - at - joint});
    if (is_date(rest))
      return (credit){head, rest};
    if (is_date(head) && rest.length > 0 && !is_date(rest)) {
      /* "4 March 2021, 9:15, Jane Doe": as much of the date as there is. */
      for (size_t more = at + joint; more < all.length; more++) {
        byline_string longer = trim((byline_string){all.data, more});
        size_t next = joint_at(all.data + more, all.length - more);
        if (next > 0 && is_date(longer)) {
          head = longer;
          rest = trim((byline_string){all.data + more + next,
                                      all.length - more - next});
        }
      }
      return (credit){without_verb(rest), head};
    }
  }
  return (credit){all, {NULL, 0}};
}

#include "read/date_particles.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Folded, as folded_copy does it, and in the order of their bytes. */
static const particle particles[] = {
    {"a", PARTICLE_PLAIN, 0},
    {"ad", PARTICLE_ERA, ERA_COMMON},
    {"al", PARTICLE_PLAIN, 0},
    {"am", PARTICLE_PLAIN, 0},
    {"and", PARTICLE_RANGE, 0},
    {"anno", PARTICLE_PLAIN, 0},
    {"au", PARTICLE_RANGE, 0},
    {"b.e", PARTICLE_ERA, ERA_BUDDHIST},
    {"be", PARTICLE_ERA, ERA_BUDDHIST},
    {"bis", PARTICLE_RANGE, 0},
    {"ce", PARTICLE_PLAIN, 0},
    {"d", PARTICLE_PLAIN, 0},
    {"d'", PARTICLE_PLAIN, 0},
    {"da", PARTICLE_PLAIN, 0},
    {"dal", PARTICLE_PLAIN, 0},
    {"de", PARTICLE_PLAIN, 0},
    {"del", PARTICLE_PLAIN, 0},
    {"dell'", PARTICLE_PLAIN, 0},
    {"dem", PARTICLE_PLAIN, 0},
    {"den", PARTICLE_PLAIN, 0},
    {"der", PARTICLE_PLAIN, 0},
    {"des jahres", PARTICLE_PLAIN, 0},
    {"di", PARTICLE_PLAIN, 0},
    {"dia", PARTICLE_PLAIN, 0},
    {"diena", PARTICLE_PLAIN, 0},
    {"dna", PARTICLE_PLAIN, 0},
    {"dne", PARTICLE_PLAIN, 0},
    {"dnia", PARTICLE_PLAIN, 0},
    {"do", PARTICLE_RANGE, 0},
    {"du", PARTICLE_PLAIN, 0},
    {"e", PARTICLE_RANGE, 0},
    {"el", PARTICLE_PLAIN, 0},
    {"em", PARTICLE_PLAIN, 0},
    {"en", PARTICLE_RANGE, 0},
    {"et", PARTICLE_RANGE, 0},
    {"ev", PARTICLE_PLAIN, 0},
    {"g", PARTICLE_YEAR, 0},
    {"gada", PARTICLE_YEAR, 0},
    {"god", PARTICLE_YEAR, 0},
    {"godine", PARTICLE_YEAR, 0},
    {"il", PARTICLE_PLAIN, 0},
    {"ils", PARTICLE_PLAIN, 0},
    {"im", PARTICLE_PLAIN, 0},
    {"la", PARTICLE_PLAIN, 0},
    {"le", PARTICLE_PLAIN, 0},
    {"leta", PARTICLE_YEAR, 0},
    {"lia", PARTICLE_PLAIN, 0},
    {"lyɛ", PARTICLE_PLAIN, 0},
    {"lyɛ'", PARTICLE_PLAIN, 0},
    {"m", PARTICLE_YEAR, 0},
    {"metu", PARTICLE_YEAR, 0},
    {"mh", PARTICLE_PLAIN, 0},
    {"mung", PARTICLE_PLAIN, 0},
    {"na", PARTICLE_PLAIN, 0},
    {"nam", PARTICLE_ROLE_AHEAD, ROLE_YEAR},
    {"ne", PARTICLE_PLAIN, 0},
    {"ngay", PARTICLE_PLAIN, 0},
    {"och", PARTICLE_RANGE, 0},
    {"of", PARTICLE_FILLER, 0},
    {"og", PARTICLE_RANGE, 0},
    {"op", PARTICLE_PLAIN, 0},
    {"r", PARTICLE_YEAR, 0},
    {"rok", PARTICLE_YEAR, 0},
    {"roku", PARTICLE_YEAR, 0},
    {"su", PARTICLE_PLAIN, 0},
    {"ta'", PARTICLE_PLAIN, 0},
    {"thang", PARTICLE_ROLE_AHEAD, ROLE_MONTH},
    {"the", PARTICLE_FILLER, 0},
    {"thg", PARTICLE_ROLE_AHEAD, ROLE_MONTH},
    {"til", PARTICLE_RANGE, 0},
    {"till", PARTICLE_RANGE, 0},
    {"to", PARTICLE_RANGE, 0},
    {"tot", PARTICLE_RANGE, 0},
    {"und", PARTICLE_RANGE, 0},
    {"until", PARTICLE_RANGE, 0},
    {"van", PARTICLE_PLAIN, 0},
    {"ve", PARTICLE_RANGE, 0},
    {"vom", PARTICLE_PLAIN, 0},
    {"y", PARTICLE_RANGE, 0},
    {"yil", PARTICLE_YEAR, 0},
    {"yili", PARTICLE_YEAR, 0},
    {"στισ", PARTICLE_PLAIN, 0},
    {"τησ", PARTICLE_PLAIN, 0},
    {"του", PARTICLE_PLAIN, 0},
    {"аз", PARTICLE_PLAIN, 0},
    {"г", PARTICLE_YEAR, 0},
    {"гараг", PARTICLE_PLAIN, 0},
    {"год", PARTICLE_YEAR, 0},
    {"года", PARTICLE_YEAR, 0},
    {"година", PARTICLE_YEAR, 0},
    {"године", PARTICLE_YEAR, 0},
    {"годы", PARTICLE_YEAR, 0},
    {"до", PARTICLE_RANGE, 0},
    {"ел", PARTICLE_YEAR, 0},
    {"ж", PARTICLE_YEAR, 0},
    {"жыл", PARTICLE_YEAR, 0},
    {"жылдын", PARTICLE_YEAR, 0},
    {"жылы", PARTICLE_YEAR, 0},
    {"и", PARTICLE_RANGE, 0},
    {"күнэ", PARTICLE_PLAIN, 0},
    {"оны", PARTICLE_ROLE_BEHIND, ROLE_YEAR},
    {"по", PARTICLE_RANGE, 0},
    {"р", PARTICLE_YEAR, 0},
    {"рик", PARTICLE_YEAR, 0},
    {"року", PARTICLE_YEAR, 0},
    {"сар", PARTICLE_ROLE_BEHIND, ROLE_MONTH},
    {"сарын", PARTICLE_ROLE_BEHIND, ROLE_MONTH},
    {"сыл", PARTICLE_YEAR, 0},
    {"ын", PARTICLE_PLAIN, 0},
    {"ҫ", PARTICLE_YEAR, 0},
    {"թ", PARTICLE_YEAR, 0},
    {"ב", PARTICLE_PLAIN, 0},
    {"ה", PARTICLE_PLAIN, 0},
    {"טן", PARTICLE_PLAIN, 0},
    {"ام", PARTICLE_PLAIN, 0},
    {"د", PARTICLE_PLAIN, 0},
    {"سنه", PARTICLE_PLAIN, 0},
    {"عام", PARTICLE_PLAIN, 0},
    {"م", PARTICLE_YEAR, 0},
    {"میلادی", PARTICLE_YEAR, 0},
    {"ی", PARTICLE_PLAIN, 0},
    {"ค.ศ", PARTICLE_ERA, ERA_COMMON},
    {"คริสต์ศักราช", PARTICLE_ERA, ERA_COMMON},
    {"ที่", PARTICLE_PLAIN, 0},
    {"พ.ศ", PARTICLE_ERA, ERA_BUDDHIST},
    {"พุทธศักราช", PARTICLE_ERA, ERA_BUDDHIST},
    {"วันที่", PARTICLE_PLAIN, 0},
    {"เดือน", PARTICLE_PLAIN, 0},
    {"ຄ.ສ", PARTICLE_ERA, ERA_COMMON},
    {"ທີ", PARTICLE_PLAIN, 0},
    {"ປີ", PARTICLE_PLAIN, 0},
    {"ພ.ສ", PARTICLE_ERA, ERA_BUDDHIST},
    {"ཚེས་", PARTICLE_ROLE_AHEAD, ROLE_DAY},
    {"ཟླ་", PARTICLE_ROLE_AHEAD, ROLE_MONTH},
    {"འི་ཚེས་", PARTICLE_ROLE_AHEAD, ROLE_DAY},
    {"ལོའི་", PARTICLE_YEAR, 0},
    {"སྤྱི་ལོ་", PARTICLE_PLAIN, 0},
    {"წ", PARTICLE_YEAR, 0},
    {"წელი", PARTICLE_YEAR, 0},
    {"中華民國", PARTICLE_ERA, ERA_MINGUO},
    {"令和", PARTICLE_ERA, ERA_REIWA},
    {"元", PARTICLE_FIRST, 0},
    {"公元", PARTICLE_ERA, ERA_COMMON},
    {"号", PARTICLE_ROLE_BEHIND, ROLE_DAY},
    {"大正", PARTICLE_ERA, ERA_TAISHO},
    {"平成", PARTICLE_ERA, ERA_HEISEI},
    {"年", PARTICLE_ROLE_BEHIND, ROLE_YEAR},
    {"日", PARTICLE_ROLE_BEHIND, ROLE_DAY},
    {"明治", PARTICLE_ERA, ERA_MEIJI},
    {"昭和", PARTICLE_ERA, ERA_SHOWA},
    {"月", PARTICLE_ROLE_BEHIND, ROLE_MONTH},
    {"民国", PARTICLE_ERA, ERA_MINGUO},
    {"民國", PARTICLE_ERA, ERA_MINGUO},
    {"號", PARTICLE_ROLE_BEHIND, ROLE_DAY},
    {"西暦", PARTICLE_ERA, ERA_COMMON},
    {"년", PARTICLE_ROLE_BEHIND, ROLE_YEAR},
    {"월", PARTICLE_ROLE_BEHIND, ROLE_MONTH},
    {"일", PARTICLE_ROLE_BEHIND, ROLE_DAY},
};

static int compare(const char *text, size_t length, const char *word) {
  int order = strncmp(text, word, length);
  return order != 0 ? order : word[length] == '\0' ? 0 : -1;
}

const particle *particle_find(const char *text, size_t length) {
  size_t low = 0, high = COUNT(particles);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(text, length, particles[middle].text);
    if (order == 0)
      return &particles[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

static bool letter_follows(const char *text, size_t length, size_t at) {
  if (at == length)
    return false;
  uint32_t c = utf8_next(text, length, &at);
  return c != UTF8_INVALID && u_isalpha((UChar32)c);
}

size_t particle_ordinal(const char *text, size_t length) {
  static const char *const endings[] = {
      "st",  "nd",  "rd",  "th",  "er",  "re",  "e",    "eme",  "a",
      "o",   ":e",  ":a",  "an",  "-a",  "-an", "-en",  "-jen", "-i",
      "-ei", "-ai", "-e",  "-o",  "-го", "-ое", "-е",   "-и",   "-я",
      "го",  "η",   "οσ",  "-ლი", "-րդ", "-ны", "-нии", "-р",   "(e)ko",
      "(a)", "ko",  "eko", "ste", "de"};
  size_t best = 0;
  for (size_t i = 0; length > 0 && i < COUNT(endings); i++) {
    if (*endings[i] != *text)
      continue;
    size_t size = strlen(endings[i]);
    if (size > best && size <= length && memcmp(text, endings[i], size) == 0 &&
        !letter_follows(text, length, size))
      best = size;
  }
  return best;
}

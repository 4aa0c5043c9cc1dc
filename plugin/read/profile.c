#include "read/profile.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

profile *profiles_add(profiles *p, size_t line) {
  profile *made = &p->items[p->count];
  *made = (profile){.line = line, .finds_bylines = true, .finds_dates = true};
  made->files = arena_array(&p->memory, PROFILE_NAMES, sizeof *made->files);
  made->authors = arena_array(&p->memory, PROFILE_NAMES, sizeof *made->authors);
  made->rules = arena_array(&p->memory, PROFILE_RULES, sizeof *made->rules);
  if (!made->files || !made->authors || !made->rules)
    return NULL;
  p->count++;
  return made;
}

static byline_status parse(profiles *p) {
  p->items = arena_array(&p->memory, PROFILES_MOST, sizeof *p->items);
  if (!p->items)
    return BYLINE_NO_MEMORY;
  return profiles_parse_yaml(p, &p->fault);
}

profiles *profiles_parse(const char *path, const char *text, size_t length) {
  profiles *p = calloc(1, sizeof *p);
  if (!p)
    return NULL;
  byline_string copy = {text, length};
  p->path = arena_copy(&p->memory, path, strlen(path));
  if (!p->path || !arena_string(&p->memory, copy, &p->text) ||
      parse(p) == BYLINE_NO_MEMORY) {
    profiles_free(p);
    return NULL;
  }
  return p;
}

void profiles_free(profiles *p) {
  if (!p)
    return;
  for (size_t i = 0; i < p->count; i++)
    for (size_t k = 0; k < p->items[i].rule_count; k++)
      rule_close(&p->items[i].rules[k]);
  arena_free(&p->memory);
  free(p);
}

/* ---- Names of files ---- */

/* The byte behind the character at at. */
static size_t step(byline_string s, size_t at) {
  do
    at++;
  while (at < s.length && ((unsigned char)s.data[at] & 0xC0) == 0x80);
  return at;
}

/* Whether a pattern with * and ? fits a whole name. Going back to the last *
 * only is enough, and takes no more time than both lengths multiplied. */
static bool fits(byline_string pattern, byline_string name) {
  size_t at = 0, i = 0, star = SIZE_MAX, tried = 0;
  while (i < name.length) {
    char c = at < pattern.length ? pattern.data[at] : '\0';
    if (c == '*') {
      star = ++at;
      tried = i;
    } else if (c == '?' && at < pattern.length) {
      at++;
      i = step(name, i);
    } else if (at < pattern.length && c == name.data[i]) {
      at++;
      i++;
    } else if (star != SIZE_MAX) {
      at = star;
      i = tried = step(name, tried);
    } else {
      return false;
    }
  }
  while (at < pattern.length && pattern.data[at] == '*')
    at++;
  return at == pattern.length;
}

/* Without ".gz" and the like. */
static byline_string unpacked(byline_string name) {
  static const char *const endings[] = {".gz", ".bz2", ".xz", ".zst"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    size_t size = strlen(endings[i]);
    if (name.length > size &&
        memcmp(name.data + name.length - size, endings[i], size) == 0)
      return (byline_string){name.data, name.length - size};
  }
  return name;
}

const profile *profiles_for(const profiles *p, const char *path, bool packed) {
  const char *slash = strrchr(path, '/');
  const char *base = slash ? slash + 1 : path;
  byline_string name = {base, strlen(base)};
  if (strcmp(path, "-") == 0)
    return p->count > 0 ? p->items : NULL;
  byline_string bare = packed ? unpacked(name) : name;
  for (size_t i = 0; i < p->count; i++) {
    const profile *item = &p->items[i];
    if (item->file_count == 0)
      return item;
    for (size_t k = 0; k < item->file_count; k++)
      if (fits(item->files[k], name) || fits(item->files[k], bare))
        return item;
  }
  return NULL;
}

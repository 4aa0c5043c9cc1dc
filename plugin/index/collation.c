#include "index/collation.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "base/error.h"

enum { KEY_SIZE = 1024 }; /* the beginning of a longer key still sorts */

struct collation {
  UCollator *collator;
  bool root;
  UChar *wide;
  size_t capacity; /* of wide */
  uint8_t key[KEY_SIZE];
};

/* ICU takes any name, and the root order for one that it does not know. */
static bool is_locale(const char *locale, char name[ULOC_FULLNAME_CAPACITY]) {
  UErrorCode code = U_ZERO_ERROR;
  uloc_canonicalize(locale, name, ULOC_FULLNAME_CAPACITY, &code);
  if (U_FAILURE(code) || code == U_STRING_NOT_TERMINATED_WARNING)
    return false;
  return *name == '\0' || *name == '@' || strcmp(name, "root") == 0 ||
         *uloc_getISO3Language(name) != '\0';
}

static byline_status open_collator(collation *c, const char *locale,
                                   byline_error *error) {
  char name[ULOC_FULLNAME_CAPACITY];
  UErrorCode code = U_ZERO_ERROR;
  int32_t rules = 0;
  if (!is_locale(locale, name))
    return error_set(error, BYLINE_INVALID,
                     "'%.40s' is no locale; give one as sv or de_AT", locale);
  c->collator = ucol_open(name, &code);
  if (U_FAILURE(code))
    return error_set(error, BYLINE_INTERNAL, "ICU has no collation '%s': %s",
                     name, u_errorName(code));
  ucol_getRules(c->collator, &rules);
  c->root = rules == 0 && !strchr(name, '@');
  return BYLINE_OK;
}

byline_status collation_new(const char *locale, collation **out,
                            byline_error *error) {
  collation *c = calloc(1, sizeof *c);
  if (!c)
    return error_no_memory(error);
  byline_status status = open_collator(c, locale ? locale : "", error);
  if (status == BYLINE_OK)
    *out = c;
  else
    collation_free(c);
  return status;
}

void collation_free(collation *c) {
  if (!c)
    return;
  ucol_close(c->collator);
  free(c->wide);
  free(c);
}

bool collation_is_root(const collation *c) {
  return c->root;
}

static bool make_room(collation *c, size_t length) {
  if (length <= c->capacity)
    return true;
  UChar *wide = realloc(c->wide, length * sizeof *wide);
  if (!wide)
    return false;
  c->wide = wide;
  c->capacity = length;
  return true;
}

bool collation_key(collation *c, byline_string name, byline_string *key) {
  *key = (byline_string){NULL, 0};
  if (name.length == 0 || name.length > INT32_MAX / 4)
    return true;
  if (!make_room(c, name.length))
    return false;
  int32_t length = 0;
  UErrorCode code = U_ZERO_ERROR;
  u_strFromUTF8WithSub(c->wide, (int32_t)name.length, &length, name.data,
                       (int32_t)name.length, 0xFFFD, NULL, &code);
  if (U_FAILURE(code))
    return true;
  int32_t size =
      ucol_getSortKey(c->collator, c->wide, length, c->key, KEY_SIZE);
  if (size > KEY_SIZE)
    size = KEY_SIZE;
  if (size > 1) /* without its final NUL */
    *key = (byline_string){(const char *)c->key, (size_t)size - 1};
  return true;
}

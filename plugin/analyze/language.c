#include "analyze/language.h"

#include <string.h>
#include <strings.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

/* Whether ICU calls the language of this code so in English. */
static int is_called(const char *code, const char *name) {
  UChar wide[64];
  char plain[64];
  UErrorCode error = U_ZERO_ERROR;
  int32_t length = uloc_getDisplayLanguage(code, "en", wide, 64, &error);
  u_strToUTF8(plain, sizeof plain, NULL, wide, length, &error);
  return U_SUCCESS(error) && error != U_STRING_NOT_TERMINATED_WARNING &&
         strcasecmp(plain, name) == 0;
}

void language_code(const char *name, char code[LANGUAGE_CODE_SIZE]) {
  size_t length = strcspn(name, "-_"); /* "en-GB" */
  *code = '\0';
  if (*name == '\0' || strcmp(name, "none") == 0)
    return; /* or every language's name would be looked at */
  if (length == 2 || length == 3) {
    for (size_t i = 0; i < length; i++)
      code[i] =
          name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
    code[length] = '\0';
    UErrorCode error = U_ZERO_ERROR;
    char given[LANGUAGE_CODE_SIZE];
    memcpy(given, code, length + 1);
    if (*uloc_getISO3Language(given) == 0)
      *code = '\0';
    else
      uloc_getLanguage(given, code, LANGUAGE_CODE_SIZE, &error); /* deu: de */
    return;
  }
  for (const char *const *known = uloc_getISOLanguages(); *known; known++)
    if (strlen(*known) < LANGUAGE_CODE_SIZE && is_called(*known, name)) {
      memcpy(code, *known, strlen(*known) + 1);
      return;
    }
}

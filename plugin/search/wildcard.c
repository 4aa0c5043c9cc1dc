#include "search/wildcard.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "index/schema.h"

byline_status wildcard_value(const char *prefix, byline_string value,
                             xap_query **query, byline_error *error) {
  buf begin = BUF_INIT;
  if (value.length < 2 || value.data[value.length - 1] != '*')
    return BYLINE_OK;
  value.length--;
  byline_status status =
      schema_boolean_term(prefix, value, &begin)
          ? xap_query_wildcard(buf_string(&begin), WILDCARD_MAX, query, error)
          : error_no_memory(error);
  buf_free(&begin);
  return status;
}

/* The field that people write for terms with a prefix; *length: of the
 * prefix. */
static const char *field_of(const char *term, size_t *length) {
  static const char *const fields[][2] = {
      {PREFIX_TITLE, "title:"},     {PREFIX_AUTHOR, "author:"},
      {PREFIX_KEYWORD, "keyword:"}, {PREFIX_HASHTAG, "hashtag:"},
      {PREFIX_HANDLE, "handle:"},   {PREFIX_LINK, "link:"},
      {PREFIX_EMAIL, "email:"}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    *length = strlen(fields[i][0]);
    if (strncmp(term, fields[i][0], *length) == 0)
      return fields[i][1];
  }
  *length = 0;
  return "";
}

void wildcard_explain(byline_error *error) {
  enum { SHOWN = 80 };
  static const char begin[] = "Wildcard ", end[] = "* expands to more than";
  const char *term = error ? strstr(error->message, begin) : NULL;
  const char *behind = term ? strstr(term, end) : NULL;
  if (!behind)
    return;
  term += sizeof begin - 1;
  byline_error xapian = *error; /* it is to be written over */
  term = xapian.message + (term - error->message);
  size_t length = (size_t)(behind - error->message), skip;
  length -= (size_t)(term - xapian.message);
  const char *field = field_of(term, &skip);
  error_set(error, BYLINE_BAD_QUERY,
            "'%s%.*s*' stands for more than %d words; write more of it before "
            "the *",
            field, (int)utf8_cut(term + skip, length - skip, SHOWN),
            term + skip, WILDCARD_MAX);
}

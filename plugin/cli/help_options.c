#include "cli/help_options.h"

#include <string.h>

static bool is_space(char c) {
  return c == ' ' || c == '\n';
}

/* Whether an option's text ends here: with a sentence or a part of one, or with
 * a line that no line further to the right goes on with. */
static bool summary_ends(const char *text) {
  static const char further[] = "\n            ";
  if (*text == '\n')
    return strncmp(text, further, sizeof further - 1) != 0;
  return *text == '\0' || (strchr(";:.", *text) && is_space(text[1]));
}

/* Of an option's text, what is not in brackets, as far as there is room. */
static void read_summary(const char *text, help_option *option) {
  static const char more[] = "\xE2\x80\xA6";
  char *to = option->summary;
  size_t n = 0;
  while (!summary_ends(text) && n + 1 < sizeof option->summary) {
    size_t skip = *text == '(' ? strcspn(text, ")") : 0;
    if (skip > 0 && text[skip] == ')') {
      n -= n > 0 && to[n - 1] == ' ';
      text += skip + 1;
      continue;
    }
    if (!is_space(*text) || (n > 0 && to[n - 1] != ' '))
      to[n++] = is_space(*text) ? ' ' : *text;
    text++;
  }
  bool cut = !summary_ends(text);
  n = cut && n > sizeof more ? n - sizeof more : n;
  while (cut && n > 0 && to[n - 1] != ' ') /* no half words */
    n--;
  while (n > 0 && (to[n - 1] == ' ' || to[n - 1] == ','))
    n--;
  snprintf(to + n, sizeof option->summary - n, "%s", cut ? more : "");
}

bool help_option_next(const char **help, help_option *option) {
  static const char mark[] = "\n  --";
  const char *at = strstr(*help, mark);
  if (!at)
    return false;
  at += sizeof mark - 1;
  *option = (help_option){{at, strcspn(at, " ,[\n")}, {NULL, 0}, ""};
  at += option->name.length;
  if (*at == ',') /* a short form */
    at += 2 + strcspn(at + 2, " \n");
  else if (*at == '[') /* a value that may be left out */
    at += strcspn(at, " \n");
  if (*at == ' ' && at[1] >= 'A' && at[1] <= 'Z') {
    option->value = (byline_string){at + 1, strcspn(at + 1, " [\n")};
    at += 1 + strcspn(at + 1, " \n");
  }
  read_summary(at, option);
  *help = at;
  return true;
}

bool help_option_find(const command *c, byline_string name,
                      help_option *option) {
  const char *help = c->help;
  while (help_option_next(&help, option))
    if (option->name.length == name.length &&
        memcmp(option->name.data, name.data, name.length) == 0)
      return true;
  return false;
}

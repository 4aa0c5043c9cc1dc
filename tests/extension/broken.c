/* Extensions that are wrong, each in the way that BROKEN names. */
#include <stdio.h>
#include <string.h>

#include <byline/extend.h>

static int state_of_all;

static byline_status create(const char *arguments, void **state,
                            byline_error *error) {
  if (arguments && strcmp(arguments, "no") == 0) {
    snprintf(error->message, sizeof error->message, "I was told not to");
    return BYLINE_INVALID;
  }
  *state = &state_of_all;
  return BYLINE_OK;
}

static void destroy(void *state) {
  (void)state;
}

static byline_status push(void *state, const byline_token *token,
                          byline_token_fn sink, void *user,
                          byline_error *error) {
  (void)state;
  byline_token added = *token;
  added.term = (byline_string){"added", 5};
#if defined(MOVES)
  added.end++;
#elif defined(BEFORE)
  added.position--;
#elif defined(CAPITAL)
  added.term = (byline_string){"Added", 5};
#elif defined(SPACES)
  added.term = (byline_string){"two words", 9};
#elif defined(BYTES)
  added.term = (byline_string){"\xFF", 1};
#elif defined(EMPTY)
  added.term.data = NULL;
#elif defined(FAILS)
  snprintf(error->message, sizeof error->message, "out of ideas");
  return BYLINE_IO;
#endif
  (void)error;
  (void)sink(user, &added); /* what it says is not listened to */
  return BYLINE_OK;
}

#ifdef OLD
enum { VERSION = 99 };
#else
enum { VERSION = BYLINE_FILTER_ABI_VERSION };
#endif
#ifdef NAMELESS
static const char name[] = "No Name";
#else
static const char name[] = "broken";
#endif

static const byline_filter filter = {VERSION, name, "is wrong",
                                     create,  push, destroy};

#ifdef NO_INIT
BYLINE_API const byline_filter *something_else(void);

const byline_filter *something_else(void) {
  return &filter;
}
#else
BYLINE_API byline_status byline_plugin_init(byline_context *context,
                                            byline_error *error);

byline_status byline_plugin_init(byline_context *context, byline_error *error) {
#ifdef TWICE
  byline_filter_register(context, &filter, NULL);
#endif
  return byline_filter_register(context, &filter, error);
}
#endif

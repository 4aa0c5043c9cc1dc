/* Output for people. */
#include <inttypes.h>
#include <string.h>

#include "cli/results.h"

/* Line ends stay; other control characters, which only a database of somebody
 * else's making can have, become '?'. */
void text_put(byline_string text) {
  size_t from = 0, size;
  for (size_t i = 0; i < text.length; i += size ? size : 1) {
    size = cli_control(text.data + i, text.length - i);
    if (size == 0 || text.data[i] == '\n')
      continue;
    fwrite(text.data + from, 1, i - from, stdout);
    putchar('?');
    from = i + size;
  }
  if (from < text.length)
    fwrite(text.data + from, 1, text.length - from, stdout);
}

static void put_list(const byline_string *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i > 0)
      fputs(i + 1 == count ? " and " : ", ", stdout);
    text_put(list[i]);
  }
}

/* "Jane Doe and John Roe · 2020-10-20 · archive.txt:12" */
static void put_origin(const byline_article *a) {
  const char *between = "";
  if (a->author_count > 0) {
    put_list(a->authors, a->author_count);
    between = " \xC2\xB7 ";
  }
  if (a->date.length > 0) {
    fputs(between, stdout);
    text_put(a->date);
    between = " \xC2\xB7 ";
  }
  fputs(between, stdout);
  text_put(a->source);
  if (a->line > 0)
    printf(":%zu", a->line);
}

static byline_string title_of(const byline_article *a) {
  static const char none[] = "(no title)";
  return a->title.length > 0 ? a->title
                             : (byline_string){none, sizeof none - 1};
}

void text_print_article(const byline_article *a) {
  bool colour = cli_colour(stdout);
  fputs(colour ? "\033[1m" : "", stdout);
  text_put(title_of(a));
  fputs(colour ? "\033[0m\n" : "\n", stdout);
  for (size_t i = 0; i < a->deck_count; i++) {
    text_put(a->decks[i]);
    putchar('\n');
  }
  put_origin(a);
  fputs("\nid ", stdout);
  text_put(a->id);
  fputs("\n\n", stdout);
  text_put(a->text);
  putchar('\n');
}

/* Text in a style (an escape sequence), with its marked words in yellow. */
static void put_marked(byline_string text, const byline_highlight *marked,
                       size_t count, const char *style, bool colour) {
  size_t at = 0;
  fputs(colour ? style : "", stdout);
  for (size_t i = 0; i < count; i++) {
    const byline_highlight *h = &marked[i];
    text_put((byline_string){text.data + at, h->start - at});
    fputs(colour ? "\033[1;33m" : "", stdout);
    text_put((byline_string){text.data + h->start, h->end - h->start});
    fputs(colour ? "\033[0m" : "", stdout);
    fputs(colour ? style : "", stdout);
    at = h->end;
  }
  text_put((byline_string){text.data + at, text.length - at});
  fputs(colour && *style ? "\033[0m" : "", stdout);
}

static void put_snippet(const byline_snippet *s, bool colour) {
  fputs("    ", stdout);
  put_marked(s->text, s->highlights, s->highlight_count, "", colour);
  putchar('\n');
}

void text_print_results(const byline_results *r) {
  bool colour = cli_colour(stdout);
  for (size_t i = 0; i < r->hit_count; i++) {
    const byline_hit *hit = &r->hits[i];
    printf("%s%zu. ", i > 0 ? "\n" : "", hit->rank);
    put_marked(title_of(&hit->article), hit->title_highlights,
               hit->title_highlight_count, "\033[1m", colour);
    fputs(colour ? "\n    \033[2m" : "\n    ", stdout);
    put_origin(&hit->article);
    fputs(colour ? "\033[0m\n" : "\n", stdout);
    for (size_t j = 0; j < hit->snippet_count; j++)
      put_snippet(&hit->snippets[j], colour);
    fputs("    id ", stdout);
    text_put(hit->article.id);
    putchar('\n');
  }
}

static void put_counts(const char *label, const byline_count *counts,
                       size_t count) {
  for (size_t i = 0; i < count; i++) {
    printf("%-11s ", i == 0 ? label : "");
    text_put(counts[i].value);
    printf(" (%zu)\n", counts[i].count);
  }
}

static void put_size(uint64_t bytes) {
  if (bytes >= 1000000)
    printf("size        %.1f MB\n", (double)bytes / 1e6);
  else if (bytes > 0)
    printf("size        %" PRIu64 " bytes\n", bytes);
}

void text_print_info(const byline_info *info) {
  printf("articles    %zu\n", info->articles);
  if (info->dated > 0) {
    fputs("dates       ", stdout);
    text_put(info->first_date);
    fputs(" to ", stdout);
    text_put(info->last_date);
    printf(" (%zu %s one)\n", info->dated,
           cli_plural(info->dated, "article has", "articles have"));
  }
  put_counts("languages", info->languages, info->language_count);
  printf("authors     %zu\n", info->author_total);
  put_counts("most often", info->authors, info->author_count);
  put_size(info->bytes);
  fputs("written by  ", stdout);
  text_put(info->versions);
  putchar('\n');
}

/* Words and n-grams are counted by themselves: w1, n1. */
static void put_position(uint32_t position) {
  if (position == 0)
    putchar('-');
  else if (position > BYLINE_NGRAM_POSITION)
    printf("n%" PRIu32, position - BYLINE_NGRAM_POSITION);
  else if (position > BYLINE_WORD_POSITION)
    printf("w%" PRIu32, position - BYLINE_WORD_POSITION);
  else
    printf("%" PRIu32, position);
}

void text_print_token(const byline_token *token) {
  put_position(token->position);
  printf("\t%zu\t%zu\t%s\t", token->start, token->end,
         byline_token_kind_name(token->kind));
  text_put(token->term);
  putchar('\n');
}

void text_print_explanation(const byline_explanation *e) {
  enum { LONGEST = 72 };
  byline_string text = e->text;
  bool cut = text.length > LONGEST;
  for (text.length = cut ? LONGEST : text.length;
       cut && ((unsigned char)text.data[text.length] & 0xC0) == 0x80;)
    text.length--;
  printf("%zu  %s  %+d  %s: ", e->line, e->what, e->score, e->why);
  text_put(text);
  puts(cut ? "..." : "");
}

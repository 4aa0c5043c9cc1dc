/* Output for people that is not wrapped. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

/* A tab or the end of a line. */
static bool lays_out(const char *text, size_t length) {
  return *text == '\n' || *text == '\t' ||
         (*text == '\r' && length > 1 && text[1] == '\n');
}

/* What would harm a terminal becomes '?'; what lays out lines stays, if it is
 * to. */
static void put_laid_out(byline_string text, bool stays) {
  size_t from = 0, size;
  for (size_t i = 0; i < text.length; i += size) {
    const char *at = text.data + i;
    bool harmful;
    size = cli_character(at, text.length - i, &harmful);
    if (!harmful || (stays && lays_out(at, text.length - i)))
      continue;
    fwrite(text.data + from, 1, i - from, stdout);
    putchar('?');
    from = i + size;
  }
  if (from < text.length)
    fwrite(text.data + from, 1, text.length - from, stdout);
}

/* In one line. */
static void put(byline_string text) {
  put_laid_out(text, false);
}

bool text_print(byline_string text) {
  if (isatty(STDOUT_FILENO))
    put_laid_out(text, true);
  else if (text.length > 0)
    fwrite(text.data, 1, text.length, stdout);
  return !ferror(stdout);
}

static void put_counts(const char *label, const byline_count *counts,
                       size_t count) {
  for (size_t i = 0; i < count; i++) {
    printf("%-11s ", i == 0 ? label : "");
    put(counts[i].value);
    printf(" (%zu)\n", counts[i].count);
  }
}

static void put_size(uint64_t bytes) {
  if (bytes >= 1000000)
    printf("size        %.1f MB\n", (double)bytes / 1e6);
  else if (bytes > 0)
    printf("size        %" PRIu64 " bytes\n", bytes);
}

static void put_shard(const char *label, const byline_shard *s) {
  printf("%-11s ", label);
  put(s->path);
  if (s->away.length > 0) {
    fputs(" is away: ", stdout);
    put(s->away);
    putchar('\n');
    return;
  }
  printf(" (%zu %s", s->articles,
         cli_plural(s->articles, "article", "articles"));
  if (s->bytes > 0)
    printf(", %.1f MB", (double)s->bytes / 1e6);
  if (s->segments > 1)
    printf(", %zu segments", s->segments);
  puts(")");
}

void text_print_info(const byline_info *info) {
  printf("articles    %zu\n", info->articles);
  if (info->dated > 0) {
    fputs("dates       ", stdout);
    put(info->first_date);
    fputs(" to ", stdout);
    put(info->last_date);
    printf(" (%zu %s one)\n", info->dated,
           cli_plural(info->dated, "article has", "articles have"));
  }
  put_counts("languages", info->languages, info->language_count);
  printf("authors     %zu\n", info->author_total);
  put_counts("most often", info->authors, info->author_count);
  put_size(info->bytes);
  for (size_t i = 0; i < info->shard_count; i++)
    put_shard(i == 0 ? "databases" : "", &info->shards[i]);
  if (info->shard_count == 0 && info->segments > 1)
    printf("segments    %zu\n", info->segments);
  fputs("written by  ", stdout);
  put(info->versions);
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
  put(token->term);
  putchar('\n');
}

void text_print_explanation(const byline_explanation *e) {
  enum { LONGEST = 72 };
  byline_string text = e->text;
  bool cut = text.length > LONGEST;
  for (text.length = cut ? LONGEST : text.length;
       cut && ((unsigned char)text.data[text.length] & 0xC0) == 0x80;)
    text.length--;
  printf("%zu  %s  %+d  ", e->line, e->what, e->score);
  put((byline_string){e->why, strlen(e->why)}); /* of a layout's words, too */
  fputs(": ", stdout);
  put(text);
  puts(cut ? "..." : "");
}

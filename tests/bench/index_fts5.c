/* index_fts5 FIELDS DATABASE [fast]: articles into SQLite's FTS5, which keeps
 * no text (contentless) and stems English.
 *
 * As those who load much at once do: one transaction, one prepared statement,
 * no journal (there is nothing to go back to), and a sync at the end. Then all
 * is merged into one segment ('optimize'); or with "fast" 256 MiB of postings
 * are gathered before any are written (1 MiB is usual), and nothing is merged
 * that need not be. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 7, ID = 0, TITLE = 1, AUTHORS = 2, KEYWORDS = 5, TEXT = 6 };

static void check(sqlite3 *db, int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE)
    return;
  fprintf(stderr, "index_fts5: %s\n", sqlite3_errmsg(db));
  exit(1);
}

static void run(sqlite3 *db, const char *sql) {
  check(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

static void bind(sqlite3 *db, sqlite3_stmt *insert, int at, const char *text,
                 size_t length) {
  check(db, sqlite3_bind_text(insert, at, text, (int)length, SQLITE_STATIC));
}

static void add_articles(sqlite3 *db, FILE *in) {
  static const int columns[] = {TITLE, AUTHORS, KEYWORDS, TEXT};
  sqlite3_stmt *insert;
  check(db, sqlite3_prepare_v2(db, "INSERT INTO articles VALUES (?, ?, ?, ?)",
                               -1, &insert, NULL));
  char *line = NULL;
  size_t space = 0;
  ssize_t length;
  while ((length = getdelim(&line, &space, '\x1e', in)) > 0) {
    const char *field[FIELDS + 1] = {line};
    for (int i = 0; i < FIELDS; i++) {
      const char *end = strchr(field[i], '\x1f');
      if (!end)
        exit(1);
      field[i + 1] = end + 1;
    }
    for (int i = 0; i < 4; i++) {
      int c = columns[i];
      bind(db, insert, i + 1, field[c], (size_t)(field[c + 1] - field[c]) - 1);
    }
    check(db, sqlite3_step(insert));
    check(db, sqlite3_reset(insert));
  }
  free(line);
  check(db, sqlite3_finalize(insert));
}

int main(int argc, char **argv) {
  sqlite3 *db = NULL;
  bool fast = argc > 3 && strcmp(argv[3], "fast") == 0;
  FILE *in = argc < 3 ? NULL : fopen(argv[1], "r");
  if (!in) {
    fprintf(stderr, "usage: index_fts5 FIELDS DATABASE [fast]\n");
    return 2;
  }
  check(db, sqlite3_open(argv[2], &db));
  run(db, "PRAGMA journal_mode = OFF");
  run(db, "PRAGMA synchronous = FULL");
  run(db, "PRAGMA locking_mode = EXCLUSIVE");
  run(db, "PRAGMA cache_size = -262144");
  run(db, "CREATE VIRTUAL TABLE articles USING fts5(title, authors, keywords,"
          " text, content = '', tokenize = 'porter unicode61')");
  if (fast)
    run(db, "INSERT INTO articles(articles, rank)"
            " VALUES ('hashsize', 268435456)");
  run(db, "BEGIN");
  add_articles(db, in);
  if (!fast)
    run(db, "INSERT INTO articles(articles) VALUES ('optimize')");
  run(db, "COMMIT");
  check(db, sqlite3_close(db));
  fclose(in);
  return 0;
}

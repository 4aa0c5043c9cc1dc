/* The folder of byline web. Omega's configuration takes no spaces and
 * lighttpd's no quotes in paths, so both name only links in this folder. */
#include "cli/web_site.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void web_site_file(const web_site *site, const char *name,
                   char path[WEB_PATH_MAX]) {
  snprintf(path, WEB_PATH_MAX, "%s/%s", site->folder, name);
}

/* ---- What must be there ------------------------------------------------ */

bool web_find_share(char share[WEB_PATH_MAX]) {
  char program[WEB_PATH_MAX / 2], path[WEB_PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  if (length > 0) {
    program[length] = '\0';
    *strrchr(program, '/') = '\0';
    snprintf(path, sizeof path, "%s/../share/byline/omega/templates/articles",
             program);
    if (access(path, R_OK) == 0) {
      path[strlen(path) - strlen("/templates/articles")] = '\0';
      char *whole = realpath(path, NULL);
      bool fits = whole && strlen(whole) < WEB_PATH_MAX;
      if (fits)
        snprintf(share, WEB_PATH_MAX, "%s", whole);
      free(whole);
      if (fits)
        return true;
    }
  }
  cli_fail("the templates are not at ../share/byline/omega beside the program; "
           "install byline whole");
  return false;
}

static bool find_in_path(const char *name, char path[WEB_PATH_MAX]) {
  const char *folders = getenv("PATH");
  const char *const lists[] = {folders ? folders : "", "/usr/sbin:/usr/bin"};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    for (const char *at = lists[i]; *at;) {
      size_t length = strcspn(at, ":");
      if (length > 0 && length < WEB_PATH_MAX / 2) {
        snprintf(path, WEB_PATH_MAX, "%.*s/%s", (int)length, at, name);
        if (access(path, X_OK) == 0)
          return true;
      }
      at += length + (at[length] == ':');
    }
  return false;
}

bool web_find_programs(char lighttpd[WEB_PATH_MAX]) {
  bool omega = access(WEB_OMEGA, X_OK) == 0;
  bool server = find_in_path("lighttpd", lighttpd);
  if (omega && server)
    return true;
  cli_fail("not installed: %s%s%s; apt install%s%s",
           omega ? "" : "Xapian Omega (" WEB_OMEGA ")",
           omega || server ? "" : ", ", server ? "" : "lighttpd",
           omega ? "" : " xapian-omega", server ? "" : " lighttpd");
  return false;
}

/* ---- The folder -------------------------------------------------------- */

bool web_stub_line(FILE *out, const char *database) {
  static const char remote[] = "remote:";
  if (strncmp(database, remote, strlen(remote)) == 0) {
    fprintf(out, "remote %s\n", database + strlen(remote));
    return true;
  }
  char *path = realpath(database, NULL);
  if (!path || strchr(path, '\n')) {
    cli_fail("cannot give Omega the database %s: %s", database,
             path ? "its path has a line break" : strerror(errno));
    free(path);
    return false;
  }
  fprintf(out, "auto %s\n", path);
  free(path);
  return true;
}

/* A path that stands in configurations as it is. */
static bool is_plain(const char *path) {
  return *path == '/' && strlen(path) < 200 &&
         strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                      "0123456789/._-+") == strlen(path);
}

static bool make_folder(web_site *site) {
  const char *base = getenv("TMPDIR");
  snprintf(site->folder, sizeof site->folder, "%s/byline-web.XXXXXX",
           base && is_plain(base) ? base : "/tmp");
  if (mkdtemp(site->folder))
    return true;
  cli_fail("cannot make a folder %s: %s", site->folder, strerror(errno));
  site->folder[0] = '\0';
  return false;
}

/* A new file of the folder; NULL and a message when that fails. */
static FILE *create(const web_site *site, const char *name) {
  char path[WEB_PATH_MAX];
  web_site_file(site, name, path);
  FILE *file = fopen(path, "wx");
  if (!file)
    cli_fail("cannot write %s: %s", path, strerror(errno));
  return file;
}

static bool close_file(FILE *file, const char *name) {
  bool failed = ferror(file) != 0;
  if (fclose(file) == 0 && !failed)
    return true;
  cli_fail("cannot write %s: %s", name, strerror(errno));
  return false;
}

static bool write_stub(const web_site *site, const cli_databases *databases) {
  FILE *file = create(site, "databases/default");
  if (!file)
    return false;
  bool ok = true;
  for (size_t i = 0; ok && i < databases->count; i++)
    ok = web_stub_line(file, databases->paths[i]);
  return close_file(file, "databases/default") && ok;
}

static bool write_omega(const web_site *site) {
  FILE *file = create(site, "omega.conf");
  if (!file)
    return false;
  fprintf(file,
          "database_dir %s/databases\n"
          "template_dir %s/share/templates\n"
          "log_dir %s/empty\n"
          "cdb_dir %s/empty\n"
          "default_template articles\n",
          site->folder, site->folder, site->folder, site->folder);
  return close_file(file, "omega.conf");
}

static bool write_lighttpd(const web_site *site, unsigned port) {
  FILE *file = create(site, "lighttpd.conf");
  if (!file)
    return false;
  fprintf(file,
          "server.bind = \"127.0.0.1\"\n"
          "server.port = %u\n"
          "server.document-root = \"%s/empty\"\n"
          "server.errorlog = \"%s/error.log\"\n"
          "server.modules = (\"mod_alias\", \"mod_cgi\", \"mod_redirect\", "
          "\"mod_setenv\")\n"
          "server.max-request-size = 64\n"
          "index-file.names = ()\n"
          "mimetype.assign = (\".css\" => \"text/css; charset=utf-8\", "
          "\".svg\" => \"image/svg+xml\")\n"
          "alias.url = (\"/byline/\" => \"%s/share/style/\", "
          "\"/search\" => \"" WEB_OMEGA "\")\n"
          "url.redirect = (\"^/$\" => \"/search\")\n"
          "$HTTP[\"url\"] =~ \"^/search($|\\?)\" "
          "{ cgi.assign = (\"\" => \"\") }\n"
          "$HTTP[\"url\"] =~ \"^/search/\" "
          "{ url.redirect = (\"\" => \"/search\") }\n"
          "setenv.set-response-header = (\n"
          "  \"Content-Security-Policy\" => \"default-src 'none'; "
          "style-src 'self'; img-src 'self'; form-action 'self'; "
          "base-uri 'none'; frame-ancestors 'none'\",\n"
          "  \"X-Content-Type-Options\" => \"nosniff\",\n"
          "  \"Referrer-Policy\" => \"no-referrer\")\n"
          "setenv.add-environment = (\"OMEGA_CONFIG_FILE\" => "
          "\"%s/omega.conf\"%s)\n",
          port, site->folder, site->folder, site->folder, site->folder,
          getenv("BYLINE_SITE") ? ", \"BYLINE_SITE\" => env.BYLINE_SITE" : "");
  return close_file(file, "lighttpd.conf");
}

bool web_site_make(web_site *site, const cli_databases *databases,
                   const char *share, unsigned port) {
  char path[WEB_PATH_MAX];
  if (!make_folder(site))
    return false;
  static const char *const folders[] = {"databases", "empty"};
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    web_site_file(site, folders[i], path);
    if (mkdir(path, 0700) != 0) {
      cli_fail("cannot make %s: %s", path, strerror(errno));
      return false;
    }
  }
  web_site_file(site, "share", path);
  if (symlink(share, path) != 0) {
    cli_fail("cannot make %s: %s", path, strerror(errno));
    return false;
  }
  return write_stub(site, databases) && write_omega(site) &&
         write_lighttpd(site, port);
}

void web_site_remove(web_site *site) {
  /* In an order in which folders are empty when they go. */
  static const char *const names[] = {
      "databases/default", "databases",     "empty",    "share",
      "omega.conf",        "lighttpd.conf", "error.log"};
  char path[WEB_PATH_MAX];
  if (!site->folder[0])
    return;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    web_site_file(site, names[i], path);
    remove(path);
  }
  rmdir(site->folder);
  site->folder[0] = '\0';
}

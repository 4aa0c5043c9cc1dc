/* What byline web needs of the machine, and the folder that it makes. */
#ifndef BYLINE_CLI_WEB_SITE_H
#define BYLINE_CLI_WEB_SITE_H

#include "cli/cli.h"

#define WEB_OMEGA "/usr/lib/cgi-bin/omega/omega"

enum { WEB_PATH_MAX = 4096 };

/* Where the templates are (the folder that has templates/ and style/): beside
 * the program, as it is built and installed. False and a message when they are
 * not there. */
bool web_find_share(char share[WEB_PATH_MAX]);

/* The path of lighttpd; false and a message when it or Omega is not there. */
bool web_find_programs(char lighttpd[WEB_PATH_MAX]);

/* A folder below TMPDIR with all that the server needs: omega.conf,
 * databases/default, lighttpd.conf. */
typedef struct web_site {
  char folder[256]; /* "": there is none */
} web_site;

/* Appends what Omega needs to find a database: a line of a stub. */
bool web_stub_line(FILE *out, const char *database);

/* Makes the folder; false and a message when that fails: web_site_remove then
 * removes what there is. */
bool web_site_make(web_site *site, const cli_databases *databases,
                   const char *share, unsigned port);
void web_site_remove(web_site *site);

/* The name of a file of the folder. */
void web_site_file(const web_site *site, const char *name,
                   char path[WEB_PATH_MAX]);

/* Prints what a real site needs, for "lighttpd", "nginx" or "apache"; false
 * when it is none of them. */
bool web_print_config(const char *server, const cli_databases *databases,
                      const char *share);

#endif

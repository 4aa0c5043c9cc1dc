/* byline web --print-config: what a real site needs. */
#include <stdlib.h>
#include <string.h>

#include "cli/web_site.h"

#define PLACE "/etc/byline"

#define POLICY                                                                 \
  "default-src 'none'; style-src 'self'; img-src 'self'; "                     \
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* The part that all servers share: Omega's own configuration. */
static bool print_omega(const char *server, const char *packages,
                        const cli_databases *databases, const char *share) {
  printf("# An article archive on Xapian Omega, by %s.\n"
         "# 1. apt install xapian-omega %s\n"
         "# 2. As root, what Omega reads; a folder of its own, as a URL can "
         "name\n"
         "#    everything that lies there:\n"
         "#      mkdir -p " PLACE "/databases\n"
         "#      cat >" PLACE "/databases/default <<'END'\n",
         server, packages);
  for (size_t i = 0; i < databases->count; i++) {
    fputs("# ", stdout);
    if (!web_stub_line(stdout, databases->paths[i]))
      return false;
  }
  printf("# END\n"
         "#      cat >" PLACE "/omega.conf <<'END'\n"
         "# database_dir " PLACE "/databases\n"
         "# template_dir %s/templates\n"
         "# log_dir /nonexistent\n"
         "# cdb_dir /nonexistent\n"
         "# default_template articles\n"
         "# END\n"
         "#    without the '# ' before each line. The server's user must be "
         "able to\n"
         "#    read the database.\n",
         share);
  return true;
}

static void print_lighttpd(const char *share) {
  printf("# 3. Put this into /etc/lighttpd/conf-enabled/60-byline.conf:\n\n"
         "server.modules += (\"mod_access\", \"mod_alias\", \"mod_cgi\", "
         "\"mod_setenv\")\n"
         "alias.url += (\"/byline/\" => \"%s/style/\",\n"
         "              \"/search\" => \"" WEB_OMEGA "\")\n"
         "$HTTP[\"url\"] =~ \"^/search($|\\?)\" {\n"
         "  $HTTP[\"request-method\"] !~ \"^(GET|HEAD)$\" {\n"
         "    url.access-deny = (\"\")\n"
         "  }\n"
         "  cgi.assign = (\"\" => \"\")\n"
         "  setenv.add-environment = (\n"
         "    \"OMEGA_CONFIG_FILE\" => \"" PLACE "/omega.conf\",\n"
         "    \"BYLINE_SITE\" => \"Article archive\")\n"
         "  setenv.set-response-header = (\n"
         "    \"Content-Security-Policy\" => \"" POLICY "\",\n"
         "    \"X-Content-Type-Options\" => \"nosniff\",\n"
         "    \"Referrer-Policy\" => \"no-referrer\")\n"
         "}\n",
         share);
}

static void print_nginx(const char *share) {
  printf("# 3. Put this into a server { } of /etc/nginx/sites-enabled:\n\n"
         "location /byline/ {\n"
         "  alias %s/style/;\n"
         "}\n"
         "location = /search {\n"
         "  limit_except GET { deny all; }\n"
         "  include fastcgi_params;\n"
         "  fastcgi_param SCRIPT_FILENAME " WEB_OMEGA ";\n"
         "  fastcgi_param OMEGA_CONFIG_FILE " PLACE "/omega.conf;\n"
         "  fastcgi_param BYLINE_SITE \"Article archive\";\n"
         "  fastcgi_pass unix:/run/fcgiwrap.socket;\n"
         "  fastcgi_hide_header Content-Security-Policy;\n"
         "  fastcgi_hide_header X-Content-Type-Options;\n"
         "  fastcgi_hide_header Referrer-Policy;\n"
         "  add_header Content-Security-Policy \"" POLICY "\" always;\n"
         "  add_header X-Content-Type-Options nosniff always;\n"
         "  add_header Referrer-Policy no-referrer always;\n"
         "}\n",
         share);
}

static void print_apache(const char *share) {
  printf("# 3. a2enmod cgid headers env, and put this into\n"
         "#    /etc/apache2/conf-enabled/byline.conf:\n\n"
         "Alias /byline/ %s/style/\n"
         "ScriptAlias /search " WEB_OMEGA "\n"
         "<Directory %s/style>\n"
         "  Require all granted\n"
         "</Directory>\n"
         "<Location /search>\n"
         "  <Limit GET>\n"
         "    Require all granted\n"
         "  </Limit>\n"
         "  SetEnv OMEGA_CONFIG_FILE " PLACE "/omega.conf\n"
         "  SetEnv BYLINE_SITE \"Article archive\"\n"
         "  Header always set Content-Security-Policy \"" POLICY "\"\n"
         "  Header onsuccess unset Content-Security-Policy\n"
         "  Header always set X-Content-Type-Options nosniff\n"
         "  Header onsuccess unset X-Content-Type-Options\n"
         "  Header always set Referrer-Policy no-referrer\n"
         "  Header onsuccess unset Referrer-Policy\n"
         "  <LimitExcept GET>\n"
         "    Require all denied\n"
         "  </LimitExcept>\n"
         "</Location>\n",
         share, share);
}

bool web_print_config(const char *server, const cli_databases *databases,
                      const char *share) {
  static const struct {
    const char *name, *packages;
    void (*print)(const char *share);
  } servers[] = {{"lighttpd", "lighttpd", print_lighttpd},
                 {"nginx", "nginx fcgiwrap", print_nginx},
                 {"apache", "apache2", print_apache}};
  for (size_t i = 0; i < sizeof servers / sizeof *servers; i++)
    if (strcmp(server, servers[i].name) == 0) {
      if (!print_omega(server, servers[i].packages, databases, share))
        return false;
      servers[i].print(share);
      return true;
    }
  cli_usage(&command_web,
            "--print-config is lighttpd, nginx or apache, not '%s'", server);
  return false;
}

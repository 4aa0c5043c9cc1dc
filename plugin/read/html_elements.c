#include "read/html_elements.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK HTML_BLOCK
#define HIDDEN HTML_HIDDEN
#define PART (HTML_BLOCK | HTML_PART)
#define FRAME (HTML_BLOCK | HTML_PART | HTML_FRAME)
#define HEADING (HTML_BLOCK | HTML_HEADING)

/* In the order of their names. */
static const html_element elements[] = {
    {"a", HTML_LINK},
    {"address", BLOCK},
    {"amp-ad", HIDDEN},
    {"amp-consent", HIDDEN},
    {"amp-embed", HIDDEN},
    {"amp-sidebar", HIDDEN},
    {"amp-social-share", HIDDEN},
    {"amp-sticky-ad", HIDDEN},
    {"amp-user-notification", HIDDEN},
    {"applet", HIDDEN},
    {"article", PART | HTML_ARTICLE},
    {"aside", FRAME},
    {"audio", HIDDEN},
    {"blockquote", BLOCK},
    {"body", PART | HTML_WHOLE},
    {"br", HTML_BREAK},
    {"button", HIDDEN},
    {"canvas", HIDDEN},
    {"caption", BLOCK},
    {"center", BLOCK},
    {"datalist", HIDDEN},
    {"dd", BLOCK},
    {"details", BLOCK},
    {"dialog", FRAME},
    {"dir", BLOCK},
    {"div", PART},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"embed", HIDDEN},
    {"fieldset", BLOCK},
    {"figcaption", BLOCK | HTML_CAPTION},
    {"figure", BLOCK | HTML_FIGURE},
    {"footer", FRAME},
    {"form", PART},
    {"h1", HEADING},
    {"h2", HEADING},
    {"h3", HEADING},
    {"h4", HEADING},
    {"h5", HEADING},
    {"h6", HEADING},
    {"head", BLOCK | HIDDEN},
    {"header", FRAME},
    {"hgroup", BLOCK},
    {"hr", BLOCK},
    {"html", BLOCK | HTML_WHOLE},
    {"iframe", HIDDEN},
    {"img", HTML_IMAGE},
    {"legend", BLOCK},
    {"li", BLOCK},
    {"main", PART},
    {"menu", FRAME},
    {"nav", FRAME},
    {"noembed", HIDDEN},
    {"noframes", HIDDEN},
    {"noscript", HIDDEN},
    {"object", HIDDEN},
    {"ol", BLOCK},
    {"p", BLOCK},
    {"pre", BLOCK | HTML_PRE},
    {"rp", HIDDEN},
    {"script", HIDDEN},
    {"section", PART},
    {"select", HIDDEN},
    {"style", HIDDEN},
    {"summary", BLOCK},
    {"svg", HIDDEN},
    {"table", BLOCK},
    {"td", HTML_CELL | HTML_PART},
    {"template", HIDDEN},
    {"textarea", HIDDEN},
    {"th", HTML_CELL},
    {"title", HIDDEN},
    {"tr", BLOCK},
    {"ul", BLOCK},
    {"video", HIDDEN},
    {"xmp", BLOCK | HTML_PRE},
};

static int compare(const void *name, const void *element) {
  return strcmp(name, ((const html_element *)element)->name);
}

const html_element *html_element_find(const char *name) {
  static const html_element other = {"", 0};
  const html_element *found =
      bsearch(name, elements, sizeof elements / sizeof *elements,
              sizeof *elements, compare);
  return found ? found : &other;
}

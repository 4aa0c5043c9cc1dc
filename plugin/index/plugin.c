/* Shared objects that extend a context. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "index/context.h"

/* dlopen looks for a name without a slash where the system's libraries are. */
static void *open_object(const char *path) {
  buf here = BUF_INIT;
  void *object = NULL;
  if (strchr(path, '/'))
    return dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (buf_add_string(&here, "./") && buf_add_string(&here, path))
    object = dlopen(here.data, RTLD_NOW | RTLD_LOCAL);
  buf_free(&here);
  return object;
}

/* ISO C has no conversion from dlsym's pointer to a function's. */
static byline_plugin_init_fn find_init(void *object) {
  byline_plugin_init_fn init = NULL;
  void *symbol = dlsym(object, BYLINE_PLUGIN_INIT);
  if (symbol)
    memcpy(&init, &symbol, sizeof init);
  return init;
}

static byline_status run_init(byline_context *context, const char *path,
                              byline_plugin_init_fn init, byline_error *error) {
  byline_error own = {.code = BYLINE_OK, .message = ""};
  byline_status status = init(context, &own);
  if (status == BYLINE_OK)
    return status;
  return error_set(error, status > 0 ? status : BYLINE_INVALID, "%s: %s", path,
                   *own.message ? own.message : "it failed");
}

byline_status byline_plugin_load(byline_context *context, const char *path,
                                 byline_error *error) {
  void **plugins = realloc(context->plugins, (context->plugin_count + 1) *
                                                 sizeof *context->plugins);
  if (!plugins)
    return error_no_memory(error);
  context->plugins = plugins;
  void *object = open_object(path);
  if (!object) {
    const char *why = dlerror();
    return error_set(error, BYLINE_IO, "%s: cannot be loaded: %s", path,
                     why ? why : "no reason given");
  }
  byline_plugin_init_fn init = find_init(object);
  if (!init) {
    dlclose(object);
    return error_set(
        error, BYLINE_INVALID,
        "%s: no plugin of byline: it has no function " BYLINE_PLUGIN_INIT,
        path);
  }
  /* What it registered before it failed may be in use: it stays loaded. */
  plugins[context->plugin_count++] = object;
  return run_init(context, path, init, error);
}

void context_close_plugins(byline_context *context) {
  while (context->plugin_count > 0)
    dlclose(context->plugins[--context->plugin_count]);
  free(context->plugins);
}

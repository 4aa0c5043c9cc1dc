#include "analyze/filters.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void filter_registry_free(filter_registry *registry) {
  free(registry->filters);
  *registry = (filter_registry){NULL, 0};
}

static bool is_name(const char *name) {
  if (!name || !*name)
    return false;
  for (; *name; name++)
    if (!((*name >= 'a' && *name <= 'z') || (*name >= '0' && *name <= '9') ||
          *name == '-' || *name == '_'))
      return false;
  return true;
}

static const byline_filter *find(const filter_registry *registry,
                                 byline_string name) {
  for (size_t i = 0; i < registry->count; i++)
    if (strlen(registry->filters[i]->name) == name.length &&
        memcmp(registry->filters[i]->name, name.data, name.length) == 0)
      return registry->filters[i];
  return NULL;
}

byline_status filter_registry_add(filter_registry *registry,
                                  const byline_filter *filter,
                                  byline_error *error) {
  if (!filter || filter->abi_version != BYLINE_FILTER_ABI_VERSION)
    return error_set(error, BYLINE_INVALID,
                     "a filter for version %u of the interface: compile it "
                     "with this byline/extend.h, version %d",
                     filter ? (unsigned)filter->abi_version : 0u,
                     BYLINE_FILTER_ABI_VERSION);
  if (!is_name(filter->name))
    return error_set(error, BYLINE_INVALID,
                     "a filter's name must be lower-case letters, digits, - "
                     "and _");
  if (!filter->summary || !filter->create || !filter->push || !filter->destroy)
    return error_set(error, BYLINE_INVALID,
                     "filter %s: summary, create, push and destroy must all be "
                     "set",
                     filter->name);
  if (find(registry, (byline_string){filter->name, strlen(filter->name)}))
    return error_set(error, BYLINE_INVALID,
                     "there is a filter named %s already", filter->name);
  const byline_filter **filters = realloc(
      registry->filters, (registry->count + 1) * sizeof *registry->filters);
  if (!filters)
    return error_no_memory(error);
  registry->filters = filters;
  filters[registry->count++] = filter;
  return BYLINE_OK;
}

void filter_chain_free(filter_chain *chain) {
  for (size_t i = 0; i < chain->count; i++)
    chain->uses[i].filter->destroy(chain->uses[i].state);
  free(chain->uses);
  *chain = (filter_chain){NULL, 0};
}

static byline_status create(const byline_filter *filter, byline_string argument,
                            void **state, byline_error *error) {
  char *arguments = NULL;
  byline_error own = {.code = BYLINE_OK, .message = ""};
  if (argument.data && !(arguments = strndup(argument.data, argument.length)))
    return error_no_memory(error);
  *state = NULL;
  byline_status status = filter->create(arguments, state, &own);
  free(arguments);
  if (status == BYLINE_OK)
    return status;
  return error_set(error, status > 0 ? status : BYLINE_INVALID, "filter %s: %s",
                   filter->name, *own.message ? own.message : "it failed");
}

byline_status filter_chain_add(filter_chain *chain,
                               const filter_registry *registry,
                               byline_string specified, byline_error *error) {
  byline_string name = specified, argument = {NULL, 0};
  const char *equals =
      name.length > 0 ? memchr(name.data, '=', name.length) : NULL;
  if (equals) {
    name.length = (size_t)(equals - name.data);
    argument = (byline_string){equals + 1, specified.length - name.length - 1};
  }
  const byline_filter *filter = find(registry, name);
  if (!filter)
    return error_set(error, BYLINE_NOT_FOUND,
                     "no filter is named '%.*s'; load the plugin that has it",
                     (int)(name.length < 60 ? name.length : 60), name.data);
  filter_use *uses =
      realloc(chain->uses, (chain->count + 1) * sizeof *chain->uses);
  if (!uses)
    return error_no_memory(error);
  chain->uses = uses;
  void *state;
  byline_status status = create(filter, argument, &state, error);
  if (status == BYLINE_OK)
    uses[chain->count++] = (filter_use){filter, state};
  return status;
}

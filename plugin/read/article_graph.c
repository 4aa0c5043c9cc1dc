#include "read/article_graph.h"

#include "read/article_json.h"

/* What an author or publisher is known by, for the object itself may refer to
 * what refers to it, and jansson never frees a circle. */
static json_t *who(const json_t *object) {
  static const char *const keys[] = {"@type", "name", "affiliation"};
  json_t *made = json_object();
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    json_t *value = json_object_get(object, keys[i]);
    if (value)
      json_object_set(made, keys[i], value);
  }
  return made;
}

/* The objects of a graph that have names, by their ids; NULL when memory runs
 * out. */
static json_t *names_of(const json_t *graph) {
  json_t *names = json_object();
  for (size_t i = 0; names && i < json_array_size(graph); i++) {
    json_t *object = json_array_get(graph, i);
    const json_t *id = json_object_get(object, "@id");
    const char *text = json_string_value(id);
    size_t length = json_string_length(id);
    if (text && json_object_get(object, "name") &&
        !json_object_getn(names, text, length))
      json_object_setn_new_nocheck(names, text, length, who(object));
  }
  return names;
}

/* {"@id": "..."} stands for an object of the graph. */
static json_t *meant_by(const json_t *value, const json_t *names) {
  const json_t *id = json_object_get(value, "@id");
  return json_is_string(id) && !json_object_get(value, "name")
             ? json_object_getn(names, json_string_value(id),
                                json_string_length(id))
             : NULL;
}

static void resolve(json_t *object, const char *key, const json_t *names) {
  json_t *value = json_object_get(object, key);
  json_t *meant = meant_by(value, names);
  if (meant) {
    json_object_set(object, key, meant); /* value is gone then */
    return;
  }
  for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++) {
    meant = meant_by(json_array_get(value, i), names);
    if (meant)
      json_array_set(value, i, meant);
  }
}

/* Memory that runs out costs no more than names. */
static void resolve_all(const json_t *graph) {
  json_t *names = names_of(graph);
  for (size_t i = 0; names && i < json_array_size(graph); i++) {
    json_t *object = json_array_get(graph, i);
    if (article_json_is_typed(object)) {
      resolve(object, "author", names);
      resolve(object, "publisher", names);
    }
  }
  json_decref(names);
}

json_t *article_graph_next(json_t *value, size_t *cursor) {
  const json_t *graph = json_object_get(value, "@graph");
  if (!json_is_array(graph))
    return (*cursor)++ == 0 && json_is_object(value) ? value : NULL;
  if (*cursor == 0)
    resolve_all(graph);
  while (*cursor < json_array_size(graph)) {
    json_t *object = json_array_get(graph, (*cursor)++);
    if (article_json_is_typed(object))
      return object;
  }
  return NULL;
}

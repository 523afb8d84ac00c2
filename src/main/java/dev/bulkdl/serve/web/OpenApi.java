package dev.bulkdl.serve.web;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Describes the routes in OpenAPI 3.1. Types are read from the records that are sent and received,
 * so the description cannot differ from them. For one use.
 */
final class OpenApi {

  private static final String REF = "#/components/schemas/";

  private final Map<String, Object> schemas = new TreeMap<>();
  private final Map<String, Class<?>> types = new TreeMap<>();

  /** Whether a type is sent or received: a missing value is null there and left out here. */
  private enum Way {
    IN,
    OUT
  }

  Map<String, Object> describe(RouteTable table) {
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    for (Route route : table.routes()) {
      paths
          .computeIfAbsent(route.path(), path -> new TreeMap<>())
          .put(route.method().toLowerCase(Locale.ROOT), operation(route));
    }
    schemas.put("Problem", problem());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("openapi", "3.1.0");
    all.put(
        "info",
        Map.of(
            "title",
            "bulkdl serve",
            "version",
            "1",
            "description",
            "Answers may get further fields; ignore those that you do not know. A field of a"
                + " request that is not described is refused. A change with If-Match is refused with 412 if"
                + " the ETag is another one meanwhile."));
    all.put("servers", List.of(Map.of("url", "api/v1")));
    all.put("paths", paths);
    all.put("components", components());
    return all;
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("schemas", schemas);
    components.put(
        "securitySchemes",
        new TreeMap<>(
            Map.of(
                "cookie",
                new TreeMap<>(Map.of("type", "apiKey", "in", "cookie", "name", "bulkdl")),
                "token",
                new TreeMap<>(Map.of("type", "http", "scheme", "bearer")))));
    return components;
  }

  private Map<String, Object> operation(Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", route.shape().summary());
    operation.put("x-access", route.access().text());
    operation.put(
        "security",
        route.access() == Access.OPEN
            ? List.of()
            : List.of(Map.of("token", List.of()), Map.of("cookie", List.of())));
    List<Object> parameters = parameters(route);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (route.shape().body() != Route.Body.NONE) {
      operation.put("requestBody", body(route));
    }
    Map<String, Object> answers = new TreeMap<>();
    answers.put(String.valueOf(route.shape().out().status()), answer(route.shape().out()));
    answers.put(
        "default", described("A refusal", Sending.PROBLEM_TYPE, Map.of("$ref", REF + "Problem")));
    operation.put("responses", answers);
    return operation;
  }

  private static List<Object> parameters(Route route) {
    List<Object> all = new ArrayList<>();
    for (String name : route.parameters()) {
      all.add(parameter("path", name, true));
    }
    for (String name : route.shape().query()) {
      all.add(parameter("query", name, false));
    }
    if (route.changes() && route.access() != Access.OPEN) {
      all.add(parameter("header", Admission.GUARD_HEADER, false));
    }
    if (route.changes() && route.shape().out().tagged()) {
      all.add(parameter("header", "If-Match", false));
    }
    if (Idempotency.isFor(route)) {
      all.add(parameter("header", "Idempotency-Key", false));
    }
    return all;
  }

  private static Map<String, Object> parameter(String in, String name, boolean required) {
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("name", name);
    parameter.put("in", in);
    parameter.put("required", required);
    parameter.put("schema", Map.of("type", "string"));
    return parameter;
  }

  private Map<String, Object> body(Route route) {
    Map<String, Object> content = new LinkedHashMap<>();
    Map<String, Object> schema = schema(route.shape().in(), Way.IN);
    content.put(Json.TYPE, Map.of("schema", schema));
    if (route.shape().body() == Route.Body.UPLOAD) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("options", schema);
      parts.put("manifest", new TreeMap<>(Map.of("type", "string", "format", "binary")));
      Map<String, Object> form = new LinkedHashMap<>();
      form.put("type", "object");
      form.put("properties", parts);
      form.put("required", List.of("manifest"));
      content.put("multipart/form-data", Map.of("schema", form));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("required", true);
    body.put("content", content);
    return body;
  }

  private Map<String, Object> answer(Route.Answers out) {
    if (out.type() == Void.class) {
      return Map.of("description", "Done");
    }
    if (out.type() == Path.class) {
      return described("The file", "application/octet-stream", Map.of());
    }
    if (out.type() == String.class) {
      return described("The text", "text/plain", Map.of("type", "string"));
    }
    Map<String, Object> schema = schema(out.type(), Way.OUT);
    Map<String, Object> answer =
        described("The answer", Json.TYPE, out.paged() ? page(schema) : schema);
    if (out.tagged()) {
      answer.put("headers", Map.of("ETag", Map.of("schema", Map.of("type", "string"))));
    }
    return answer;
  }

  private static Map<String, Object> described(String text, String type, Object schema) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("description", text);
    answer.put("content", Map.of(type, Map.of("schema", schema)));
    return answer;
  }

  private static Map<String, Object> page(Map<String, Object> item) {
    Map<String, Object> items = new LinkedHashMap<>();
    items.put("type", "array");
    items.put("items", item);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("items", items);
    fields.put("next", Map.of("type", List.of("string", "null")));
    fields.put("total", Map.of("type", "integer"));
    return object(fields, List.of("items", "next", "total"));
  }

  private static Map<String, Object> object(Map<String, Object> fields, List<String> required) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("properties", fields);
    object.put("required", required);
    return object;
  }

  private Map<String, Object> schema(Type type, Way way) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, way);
    }
    if (type == String.class) {
      return Map.of("type", "string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return Map.of("type", "integer");
    }
    if (type == Instant.class) {
      return new TreeMap<>(Map.of("type", "string", "format", "date-time"));
    }
    if (type == JsonNode.class || type == Object.class) {
      return Map.of();
    }
    if (type instanceof Class<?> known && known.isRecord()) {
      return record(known, way);
    }
    throw new IllegalArgumentException("no schema for " + type);
  }

  private Map<String, Object> generic(ParameterizedType type, Way way) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return nullable(schema(of[0], way));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    if (type.getRawType() == List.class) {
      schema.put("type", "array");
      schema.put("items", schema(of[0], way));
      return schema;
    }
    if (type.getRawType() == Map.class) {
      schema.put("type", "object");
      schema.put("additionalProperties", schema(of[1], way));
      return schema;
    }
    throw new IllegalArgumentException("no schema for " + type);
  }

  private static Map<String, Object> nullable(Map<String, Object> schema) {
    if (schema.isEmpty()) {
      return schema;
    }
    if (schema.get("type") instanceof String one) {
      Map<String, Object> wider = new LinkedHashMap<>(schema);
      wider.put("type", List.of(one, "null"));
      return wider;
    }
    return Map.of("anyOf", List.of(schema, Map.of("type", "null")));
  }

  private Map<String, Object> record(Class<?> type, Way way) {
    String name = name(type, way);
    Class<?> other = types.put(name, type);
    if (other != null && other != type) {
      throw new IllegalStateException(type + " and " + other + " have the same name");
    }
    if (!schemas.containsKey(name)) {
      schemas.put(name, Map.of()); // for a type that contains itself
      Map<String, Object> fields = new LinkedHashMap<>();
      List<String> required = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        fields.put(component.getName(), schema(component.getGenericType(), way));
        if (way == Way.OUT || component.getType() != Optional.class) {
          required.add(component.getName());
        }
      }
      Map<String, Object> object = object(fields, required);
      if (way == Way.IN) {
        object.put("additionalProperties", false);
      }
      schemas.put(name, object);
    }
    return Map.of("$ref", REF + name);
  }

  private static String name(Class<?> type, Way way) {
    String plain = type.getSimpleName().replaceFirst("Answer$", "");
    boolean isForBoth = way == Way.IN && !type.getSimpleName().matches(".*(Request|Patch)");
    return isForBoth ? plain + "Given" : plain;
  }

  private static Map<String, Object> problem() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", Map.of("type", "string"));
    fields.put("title", Map.of("type", "string"));
    fields.put("status", Map.of("type", "integer"));
    fields.put("detail", Map.of("type", "string"));
    fields.put("field", Map.of("type", "string"));
    fields.put("line", Map.of("type", "integer"));
    fields.put("column", Map.of("type", "integer"));
    fields.put("errors", Map.of("type", "array", "items", Map.of("type", "object")));
    fields.put("id", Map.of("type", "string"));
    return object(fields, List.of("type", "title", "status", "detail", "id"));
  }
}

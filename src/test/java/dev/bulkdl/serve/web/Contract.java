package dev.bulkdl.serve.web;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks answers against the committed description. */
final class Contract {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final JsonNode description;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  Contract() {
    try {
      description = MAPPER.readTree(Files.readString(OpenApiTest.COMMITTED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails if the answer is not described. */
  void check(String method, String path, int status, String type, String body) {
    String route = route(method, path.split("[?]", 2)[0]);
    if (status >= 400) {
      require(type.equals("application/problem+json"), method + " " + path + " sent " + type);
      validate("/components/schemas/Problem", description.at("/components/schemas/Problem"), body);
      return;
    }
    if (route.isEmpty()) {
      throw new AssertionError(method + " " + path + " is not described but gives " + status);
    }
    String at =
        "/paths/" + route.replace("/", "~1") + "/" + method.toLowerCase(java.util.Locale.ROOT);
    JsonNode answer = description.at(at + "/responses/" + (status == 206 ? 200 : status));
    require(!answer.isMissingNode(), method + " " + path + " gives the undescribed " + status);
    JsonNode schema = answer.at("/content/application~1json/schema");
    if (!schema.isMissingNode() && type.startsWith("application/json")) {
      validate(at + status, schema, body);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  private void validate(String key, JsonNode schema, String body) {
    Schema compiled =
        schemas.computeIfAbsent(
            key,
            each -> {
              ObjectNode whole = MAPPER.createObjectNode();
              whole.set("components", description.get("components"));
              whole.setAll((ObjectNode) schema);
              return registry.getSchema(whole);
            });
    var errors = compiled.validate(MAPPER.readTree(body));
    require(errors.isEmpty(), key + ": " + errors + "\n" + body);
  }

  /** Returns the described path; empty if there is none. */
  private String route(String method, String path) {
    String[] given = path.split("/", -1);
    Iterator<String> all = description.get("paths").propertyNames().iterator();
    String found = "";
    while (all.hasNext()) {
      String candidate = all.next();
      String[] parts = candidate.split("/", -1);
      boolean fits =
          parts.length == given.length
              && description
                  .get("paths")
                  .get(candidate)
                  .has(method.toLowerCase(java.util.Locale.ROOT));
      for (int i = 0; fits && i < parts.length; i++) {
        fits = parts[i].startsWith("{") || parts[i].equals(given[i]);
      }
      if (fits && (found.isEmpty() || !candidate.contains("{"))) {
        found = candidate;
      }
    }
    return found;
  }
}

package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.web.TestClient.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random requests to each route, half right and half broken. No answer is a 5xx, and each is as it
 * is described (the client of the tests checks that). Run more with -Dfuzz.requests=100000, and a
 * failed run again with -Dfuzz.seed.
 */
class FuzzTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "1",
    "-1",
    "0",
    "null",
    "true",
    "../x",
    "/etc/passwd",
    "\u0000",
    "\n",
    "ü",
    "\ud83d\ude00",
    "a".repeat(5000),
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%",
    "%00",
    "admin",
    "write",
    "read",
    "held",
    "now",
    "http://127.0.0.1:9/x",
    "file:///etc/passwd",
    "running",
    "completed",
    "-name",
    "size",
    "9999999999999999999",
    "1e9",
    "Mon-08:00,1M",
    "22:00-06:00",
    "Europe/Berlin",
    "10M",
    "off",
    "2030-01-01T00:00:00Z",
    "keep",
    "top",
    "hold",
    "first"
  };

  @TempDir private Path folder;
  private Random random;
  private final List<String> ids = new ArrayList<>();

  @Test
  void noRequestMakesAnErrorOfTheServer() throws IOException {
    long seed = Long.getLong("fuzz.seed", new Random().nextLong());
    random = new Random(seed);
    int count = Integer.getInteger("fuzz.requests", 2000);
    try (TestSite site = TestSite.open(folder)) {
      site.add("root", Role.ADMIN);
      TestClient root = site.signedIn("root");
      String held = "{\"urls\":[\"http://127.0.0.1:9/a\"],\"start\":\"held\"}";
      ids.add(root.post("/jobs", held).text("id"));
      ids.add(root.get("/users/me").text("id"));
      List<Route> routes =
          site.routes().routes().stream()
              .filter(route -> !route.path().startsWith("/session"))
              .filter(
                  route ->
                      !route.path().equals("/users/{id}") && !route.path().endsWith("/password"))
              .toList();
      for (int i = 0; i < count; i++) {
        Route route = routes.get(random.nextInt(routes.size()));
        String path = path(route);
        String body = route.shape().body() == Route.Body.NONE ? null : body(route);
        Reply reply = root.send(route.method(), path, body);
        assertThat(reply.status())
            .describedAs("seed %d: %s %s %s: %s", seed, route.method(), path, body, reply.body())
            .isLessThan(500);
        if (route.path().equals("/jobs") && reply.status() == 201) {
          ids.add(reply.text("id"));
        }
        if (reply.status() == 401) {
          root = site.signedIn("root");
        }
      }
      assertThat(site.bugs()).describedAs("seed " + seed).isEmpty();
    }
  }

  private String text() {
    return random.nextInt(6) == 0
        ? ids.get(random.nextInt(ids.size()))
        : TEXTS[random.nextInt(TEXTS.length)];
  }

  private String path(Route route) {
    String path = route.path();
    for (String name : route.parameters()) {
      String value =
          name.equals("id") && random.nextInt(4) > 0
              ? ids.get(random.nextInt(ids.size()))
              : name.equals("row") ? String.valueOf(random.nextInt(3)) : text();
      path = path.replace("{" + name + "}", value.isEmpty() ? "x" : encoded(value));
    }
    StringBuilder query = new StringBuilder();
    for (String name : route.shape().query()) {
      if (random.nextBoolean()) {
        String value = name.equals("wait") ? "0" : text();
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encoded(value));
      }
    }
    if (route.path().equals("/events") && query.indexOf("wait=") < 0) {
      query.append(query.isEmpty() ? '?' : '&').append("wait=0");
    }
    return path + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Returns a body of the described fields, or something that is none. */
  private String body(Route route) {
    switch (random.nextInt(12)) {
      case 0:
        return "";
      case 1:
        return "[]";
      case 2:
        return "{\"unknown\":1}";
      case 3:
        return "{\"name\":";
      default:
        break;
    }
    JsonNode schema = MAPPER.valueToTree(new OpenApi().describe(new RouteTable(List.of(route))));
    String at =
        "/paths/"
            + route.path().replace("/", "~1")
            + "/"
            + route.method().toLowerCase(java.util.Locale.ROOT)
            + "/requestBody/content/application~1json/schema";
    return MAPPER.writeValueAsString(value(schema, schema.at(at), 0));
  }

  private Object value(JsonNode root, JsonNode schema, int depth) {
    if (random.nextInt(10) == 0) {
      return random.nextBoolean() ? java.util.Collections.singletonList(1) : text();
    }
    if (schema.has("$ref")) {
      return value(root, root.at(schema.path("$ref").stringValue().substring(1)), depth + 1);
    }
    if (schema.has("anyOf")) {
      return random.nextInt(3) == 0 ? null : value(root, schema.at("/anyOf/0"), depth);
    }
    String type =
        schema.path("type").isArray()
            ? schema.at("/type/0").stringValue()
            : schema.path("type").asString("");
    return switch (type) {
      case "object" -> object(root, schema, depth);
      case "array" -> List.of(value(root, schema.path("items"), depth + 1));
      case "integer" ->
          random.nextInt(3) == 0 ? (Object) random.nextLong() : (Object) random.nextInt(20);
      case "boolean" -> random.nextBoolean();
      case "" ->
          random.nextBoolean() ? List.of("http://127.0.0.1:9/" + random.nextInt(100)) : text();
      default -> text();
    };
  }

  private Object object(JsonNode root, JsonNode schema, int depth) {
    java.util.Map<String, Object> fields = new java.util.HashMap<>();
    schema
        .path("properties")
        .propertyNames()
        .forEach(
            name -> {
              if (random.nextInt(3) > 0) {
                fields.put(name, value(root, schema.path("properties").get(name), depth + 1));
              }
            });
    return fields;
  }
}

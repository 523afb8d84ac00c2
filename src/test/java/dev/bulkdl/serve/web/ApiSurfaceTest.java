package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiSurfaceTest {

  /** What would run a program, weaken TLS or write elsewhere is set where the daemon is started. */
  @Test
  void s26NoRequestHasAFieldForCommandsProxiesCertificatesOrListeners() throws IOException {
    JsonNode schemas =
        new JsonMapper()
            .readTree(Files.readString(OpenApiTest.COMMITTED))
            .at("/components/schemas");
    List<String> fields = new ArrayList<>();
    schemas
        .properties()
        .forEach(
            schema -> {
              if (schema.getValue().has("additionalProperties")) { // only of requests
                schema.getValue().path("properties").propertyNames().forEach(fields::add);
              }
            });
    assertThat(fields).contains("urls", "password");
    assertThat(fields)
        .noneMatch(
            name ->
                name.matches(
                    "(?i).*(hook|command|proxy|cacert|cert|insecure|listen|header|network|state"
                        + "dir|exec|level).*"));
  }
}

package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

  static final Path COMMITTED = Path.of("docs/openapi.json");

  private static final JsonMapper SORTED =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  @TempDir private Path folder;

  /** Run with -Dopenapi.write=true to bring the file up to date. */
  @Test
  void theCommittedDescriptionIsThatOfTheRoutes() throws IOException {
    try (TestSite site = TestSite.open(folder)) {
      String now = SORTED.writeValueAsString(new OpenApi().describe(site.routes())) + "\n";
      if (Boolean.getBoolean("openapi.write")) {
        Files.writeString(COMMITTED, now);
      }
      assertThat(Files.readString(COMMITTED))
          .describedAs("stale; run this test with -Dopenapi.write=true")
          .isEqualTo(now);
    }
  }
}

package dev.bulkdl.serve.user;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A quota as the database holds it. */
final class QuotaText {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private QuotaText() {}

  static String write(Quota quota) {
    return MAPPER.writeValueAsString(quota);
  }

  static Quota read(String text) {
    return MAPPER.readValue(text, Quota.class);
  }
}

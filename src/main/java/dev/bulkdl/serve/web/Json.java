package dev.bulkdl.serve.web;

import com.fasterxml.jackson.annotation.Nulls;
import dev.bulkdl.text.Redaction;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON of the API. Unknown fields of a request are refused. */
final class Json {

  static final String TYPE = "application/json";

  private static final int DEPTH = 20;
  private static final int NUMBER = 40;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .build();

  byte[] write(Object value) {
    return mapper.writeValueAsBytes(value);
  }

  String text(Object value) {
    return mapper.writeValueAsString(value);
  }

  /** Returns the value, a record, as it will be written. */
  ObjectNode object(Object value) {
    return mapper.valueToTree(value);
  }

  JsonNode tree(String text) {
    return mapper.readTree(text);
  }

  /**
   * Returns the body of a request.
   *
   * @throws Problem that names the field, or the line and the column
   */
  <T> T read(byte[] body, Class<T> type) {
    if (body.length == 0) {
      throw Problem.of(Problem.BAD_REQUEST, "the request has no body; send a JSON object");
    }
    try {
      T value = mapper.readValue(body, type);
      if (value == null) {
        throw Problem.of(Problem.BAD_REQUEST, "the body is null; send a JSON object");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds() == null
              ? ""
              : "; known are "
                  + e.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", "));
      throw Problem.field(path(e), "the field is not known here" + known);
    } catch (StreamReadException e) {
      TokenStreamLocation at = e.getLocation();
      throw Problem.at(
          "body",
          at == null ? 0 : at.getLineNr(),
          at == null ? 0 : at.getColumnNr(),
          "the body is no JSON");
    } catch (DatabindException e) {
      Throwable cause = e.getCause();
      String why =
          cause instanceof IllegalArgumentException && cause.getMessage() != null
              ? Redaction.of(cause.getMessage())
              : "the value is missing or has a wrong type";
      throw Problem.field(path(e), why);
    } catch (JacksonException e) {
      throw Problem.of(Problem.BAD_REQUEST, "the body cannot be read as JSON");
    }
  }

  private static String path(DatabindException e) {
    List<JacksonException.Reference> path = e.getPath();
    String text =
        path.stream()
            .map(
                part ->
                    part.getPropertyName() == null
                        ? "[" + part.getIndex() + "]"
                        : "." + part.getPropertyName())
            .collect(Collectors.joining());
    String named = text.startsWith(".") ? text.substring(1) : text;
    return named.isEmpty() ? "body" : Redaction.printable(named);
  }
}

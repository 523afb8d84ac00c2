package dev.bulkdl.report;

import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Renders records, maps, lists, numbers and texts as JSON. The output is ASCII only, so it contains
 * no control sequences for a terminal. It uses Jackson's generator, because Jackson's mapper would
 * load more classes than the rest of a small run.
 */
public final class JsonText {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonText() {}

  /** One line without its line end. */
  public static String line(Object value) {
    return render(value, ObjectWriteContext.empty());
  }

  /** Several indented lines. */
  static String lines(Object value) {
    return render(value, new Indented());
  }

  private static String render(Object value, ObjectWriteContext context) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(context, text)) {
      write(out, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) {
    switch (value) {
      case Record fields -> writeFields(out, fields);
      case Map<?, ?> map -> {
        out.writeStartObject();
        map.forEach((name, each) -> write(out.writeName(name.toString()), each));
        out.writeEndObject();
      }
      case Iterable<?> list -> {
        out.writeStartArray();
        list.forEach(each -> write(out, each));
        out.writeEndArray();
      }
      case Optional<?> maybe -> maybe.ifPresentOrElse(it -> write(out, it), out::writeNull);
      case Long number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      default -> out.writeString(value.toString());
    }
  }

  private static void writeFields(JsonGenerator out, Record fields) {
    out.writeStartObject();
    for (RecordComponent field : fields.getClass().getRecordComponents()) {
      out.writeName(field.getName());
      try {
        write(out, field.getAccessor().invoke(fields));
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException("a report's records are public", e);
      }
    }
    out.writeEndObject();
  }

  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter();
    }
  }
}

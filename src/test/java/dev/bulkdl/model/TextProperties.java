package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.text.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The short look at a usual text gives what the thorough look gives. */
class TextProperties {

  /** Something behind it that has to be looked at does not change what is shown of a text. */
  @Property(tries = 5000)
  void redactionDependsOnNothingBehindTheText(@ForAll("texts") String text) {
    assertThat(Redaction.of(text + " =://@\0")).isEqualTo(Redaction.of(text) + " =://\\u0000");
    assertThat(Redaction.printable(text + "\0")).isEqualTo(Redaction.printable(text) + "\\u0000");
  }

  @Property(tries = 5000)
  void aTargetsNameIsAllowedByTheRulesAsTheyAreWritten(@ForAll("names") String name) {
    assertThat(isTaken(name)).isEqualTo(isAllowed(name));
  }

  private static boolean isTaken(String name) {
    try {
      return TargetName.of(name).value().equals(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isAllowed(String name) {
    String[] segments = name.split("/", -1);
    return !name.isBlank()
        && name.chars().noneMatch(Character::isISOControl)
        && !name.matches("(?s)[/\\\\].*|[A-Za-z]:[/\\\\].*")
        && utf8(name) <= TargetName.MAX_NAME_BYTES
        && Arrays.stream(segments).allMatch(TextProperties::isAllowedSegment)
        && !segments[0].toLowerCase(Locale.ROOT).equals(TargetName.OWN_FOLDER);
  }

  private static boolean isAllowedSegment(String segment) {
    return !segment.isEmpty()
        && !segment.matches("[.]{1,2}")
        && utf8(segment) <= TargetName.MAX_SEGMENT_BYTES;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Provide
  Arbitrary<String> texts() {
    return joined(
        Arbitraries.of(
            "http://",
            "://",
            "@",
            "?",
            "&",
            ";",
            "=",
            "token",
            "sig",
            "#",
            "/",
            " ",
            "\u001b",
            "\u202e",
            "\ud800",
            "\ud83d\ude00",
            "\u65e5",
            "\u00e9",
            "~",
            "\u007f"));
  }

  @Provide
  Arbitrary<String> names() {
    return joined(
        Arbitraries.of(
            "/",
            "\\",
            ".",
            "..",
            ":",
            "C",
            ".bulkdl",
            ".BulKDL",
            ".bul\u212adl",
            "\u0085",
            "\u2028",
            "\ud800",
            "\u65e5".repeat(84),
            "\u00e9".repeat(127),
            "a".repeat(254),
            "a".repeat(85),
            "b".repeat(200) + "/",
            ("c".repeat(249) + "/").repeat(11)));
  }

  private static Arbitrary<String> joined(Arbitrary<String> piece) {
    Arbitrary<String> any =
        Arbitraries.frequencyOf(
            Tuple.of(4, piece), Tuple.of(1, Arbitraries.strings().all().ofMaxLength(3)));
    return any.list().ofMaxSize(8).map(parts -> String.join("", parts));
  }
}

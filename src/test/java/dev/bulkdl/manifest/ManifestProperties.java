package dev.bulkdl.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A table written by the rules of RFC 4180 is read back unchanged. Any other text gives rows or
 * errors.
 */
class ManifestProperties {

  private static final List<String> HEADER = List.of("note", "filename", "more", "url", "last");

  @Property
  void readsBackWhatWasWritten(
      @ForAll("rows") List<List<String>> rows, @ForAll("styles") Style style) {
    StringBuilder text = new StringBuilder(style.mark());
    List<Long> lines = new ArrayList<>();
    text.append(style.line(HEADER));
    for (List<String> row : rows) {
      text.append(style.between());
      lines.add(physicalLines(text) + 1);
      text.append(style.line(row));
    }

    List<ManifestRow> read = read(style.bytes(text.toString()));

    assertThat(read).extracting(row -> List.copyOf(row.columns().values())).isEqualTo(rows);
    assertThat(read).extracting(ManifestRow::line).isEqualTo(lines);
    assertThat(read).allMatch(row -> List.copyOf(row.columns().keySet()).equals(HEADER));
  }

  @Property
  void noBytesDoMoreThanRaiseAManifestException(@ForAll("bytes") byte[] bytes) {
    try (Manifest manifest = Texts.open(bytes)) {
      for (ManifestRow row : Texts.rows(manifest)) {
        assertThat(row.line()).isPositive();
        assertThat(row.columns()).containsOnlyKeys(manifest.header());
        if (row instanceof ManifestRow.Bad bad) {
          assertThat(bad.errors()).isNotEmpty();
          assertThat(bad.errors())
              .noneMatch(error -> error.toString().matches("(?s).*\\p{Cntrl}.*"));
        }
      }
    } catch (ManifestException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    }
  }

  @Property
  void rowsWrittenUnderTheirHeaderMeanTheSameAgain(@ForAll("texts") String text) {
    List<ManifestRow> rows;
    List<String> header;
    try (Manifest manifest = Texts.open(text)) {
      rows = Texts.rows(manifest);
      header = manifest.header();
    } catch (ManifestException e) {
      return;
    }
    Style style = new Style("", "\n", ",", "", false, true);
    StringBuilder again = new StringBuilder(style.line(header));
    rows.forEach(row -> again.append(style.line(List.copyOf(row.columns().values()))));

    List<ManifestRow> reread = Texts.rows(again.toString());

    assertThat(reread)
        .extracting(ManifestProperties::meaning)
        .isEqualTo(rows.stream().map(ManifestProperties::meaning).toList());
  }

  private static String meaning(ManifestRow row) {
    return switch (row) {
      case ManifestRow.Good good ->
          good.download().target() + " " + good.download().source() + " " + good.columns();
      case ManifestRow.Bad bad -> "bad " + bad.columns();
    };
  }

  @Provide
  Arbitrary<List<List<String>>> rows() {
    return row().list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<Style> styles() {
    return Combinators.combine(
            Arbitraries.of("", "\uFEFF"),
            Arbitraries.of("\n", "\r\n"),
            Arbitraries.of(",", ";", "\t"),
            Arbitraries.of("", "\n", "# a comment, \"with\" quotes\n", "  \n\n#\n"),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(Style::new);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<byte[]> random = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    Arbitrary<byte[]> likely = texts().map(text -> text.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> cut =
        Combinators.combine(likely, Arbitraries.integers().between(0, 300))
            .as((text, length) -> Arrays.copyOf(Texts.gzip(text), length));
    return Arbitraries.oneOf(random, likely, likely.map(Texts::gzip), cut);
  }

  /** Texts that combine the parts of a manifest in any order. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "filename,url\n",
            "url;Name;size\r\n",
            "save as\tfrom\n",
            "a.txt,http://h/a\n",
            "https://h/b;;7\n",
            "\"x,y\"\thttp://h/x,y\n",
            "http://h/c;d,e\n",
            "filename",
            "url",
            "size",
            "sha256",
            "checksum",
            ",",
            ";",
            "\t",
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            "#",
            " ",
            "a.txt",
            "../b",
            "x/y",
            "http://h/a",
            "https://h/b,c;d?e",
            "ftp://x",
            "http://[::1",
            "http://h:99999/",
            "%zz",
            "\u00e4",
            "\uD834\uDD1E",
            "\u001B[2J",
            "\u2028",
            "12");
    return piece.list().ofMaxSize(40).map(parts -> String.join("", parts));
  }

  private static Arbitrary<List<String>> row() {
    Arbitrary<String> cell =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("ab,;\t\"\r\n# \u00e4").ofMaxLength(6),
            Arbitraries.strings().all().ofMaxLength(5).map(ManifestProperties::withoutUnwritable),
            longCell(),
            Arbitraries.of("http://h/a", "a.txt"));
    return cell.list()
        .ofSize(HEADER.size())
        .filter(cells -> cells.stream().anyMatch(text -> !text.isBlank()));
  }

  /** Long cells, each a short text repeated: jqwik takes far longer to make a long text. */
  private static Arbitrary<String> longCell() {
    return Combinators.combine(
            Arbitraries.strings().withChars("x\r\n").ofMinLength(1).ofMaxLength(40),
            Arbitraries.integers().between(4_000, 5_000))
        .as((piece, length) -> piece.repeat(length / piece.length()));
  }

  /** Removes NUL, which is refused, and lone surrogates, which UTF-8 cannot encode. */
  private static String withoutUnwritable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replace("\0", "");
  }

  private static long physicalLines(CharSequence text) {
    return text.toString()
        .replace("\r\n", "\n")
        .chars()
        .filter(c -> c == '\n' || c == '\r')
        .count();
  }

  private static List<ManifestRow> read(byte[] bytes) {
    try (Manifest manifest = Texts.open(bytes)) {
      return Texts.rows(manifest);
    }
  }

  /**
   * A way of writing a table: byte order mark, line end, delimiter, text between rows, compression,
   * and quoting of all cells.
   */
  record Style(
      String mark, String end, String delimiter, String between, boolean gzip, boolean quoteAll) {

    String line(List<String> cells) {
      return cells.stream().map(this::cell).collect(Collectors.joining(delimiter)) + end;
    }

    byte[] bytes(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return gzip ? Texts.gzip(bytes) : bytes;
    }

    private String cell(String text) {
      boolean quoted =
          quoteAll
              || text.startsWith("#")
              || !text.equals(text.trim())
              || text.chars().anyMatch(c -> "\",;\t\r\n".indexOf(c) >= 0);
      return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
  }
}

package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.manifest.Manifest;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.settings.RowOrder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderedRowsTest {

  private static final String HEADER = "filename,url,size,priority\n";

  /** Unknown sizes are last, and with MIXED in the middle, where both ends meet. */
  private static final String ROWS =
      HEADER
          + "m,http://h/m,500,\n"
          + "B,http://h/B?Expires=1800000000,,\n"
          + "\u00e9,http://h/e?Expires=1700000000,20,\n"
          + "a,http://h/a,9000,\n"
          + "a-b,http://h/ab,,\n"
          + "z,http://h/z?Expires=1750000000,20,\n";

  private static Manifest open(String text) {
    return Manifest.open("-", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String names(String text, RowOrder order) {
    try (Manifest manifest = open(text);
        ManifestRows rows = ManifestCheck.of(manifest, false).rows(order)) {
      return names(rows);
    }
  }

  private static String names(Iterator<ManifestRow> rows) {
    List<String> names = new ArrayList<>();
    rows.forEachRemaining(row -> names.add(row.columns().get("filename")));
    return String.join(" ", names);
  }

  @ParameterizedTest
  @CsvSource({
    "LIST, m B \u00e9 a a-b z",
    "SIZE, \u00e9 z m a B a-b",
    "SIZE_DESC, a m \u00e9 z B a-b",
    "NAME, B a a-b m z \u00e9",
    "EXPIRY, \u00e9 z B m a a-b",
    "MIXED, \u00e9 a z m B a-b"
  })
  void ordersTheRows(RowOrder order, String names) {
    assertThat(names(ROWS, order)).isEqualTo(names);
  }

  @Test
  void aHigherPriorityComesFirstInEachOrder() {
    String rows =
        HEADER
            + "a,http://h/a,4,-3\nb,http://h/b,3,8\nc,http://h/c,2,\nd,http://h/d,1,8\n"
            + "e,http://h/e,9,0\n";
    assertThat(names(rows, RowOrder.LIST)).isEqualTo("b d c e a");
    assertThat(names(rows, RowOrder.SIZE)).isEqualTo("d b c e a");
    assertThat(names(rows, RowOrder.SIZE_DESC)).isEqualTo("b d e c a");
    assertThat(names(rows, RowOrder.MIXED)).isEqualTo("d b c e a");
  }

  @ParameterizedTest
  @EnumSource
  void keepsEachRowAsItStood(RowOrder order) {
    String text =
        "filename;note;url;size;sha1\n\"a\nb\"; \"x;\"\"y\" ;http://h/a;;\n".replace("a\nb", "ab")
            + "c;\u00fc\u4e2d;http://h/c;12;da39a3ee5e6b4b0d3255bfef95601890afd80709\n";
    try (Manifest manifest = open(text)) {
      ManifestCheck check = ManifestCheck.of(manifest, false);
      assertThat(all(check.rows(order))).containsExactlyInAnyOrderElementsOf(all(check.rows()));
    }
  }

  private static List<ManifestRow> all(ManifestRows rows) {
    try (rows) {
      List<ManifestRow> all = new ArrayList<>();
      rows.forEachRemaining(all::add);
      return all;
    }
  }

  @Test
  void badRowsComeFirstAndRepeatedOnesNever() {
    String rows =
        HEADER
            + "b,http://h/b,4,5\nx,ftp://h/x,3,8\na,http://h/a,2,\nb,http://h/b,4,5\n"
            + "a,http://h/other,1,\n";
    assertThat(names(rows, RowOrder.NAME)).isEqualTo("x a b a");
  }

  /** Each row comes from one of the ends. */
  @Test
  void bothEndsShareTheRows() {
    String rows =
        IntStream.range(0, 9)
            .mapToObj(i -> "f" + i + ",http://h/" + i + "," + i + "," + (i < 3 ? 1 : 0) + "\n")
            .collect(Collectors.joining("", HEADER, ""));
    try (Manifest manifest = open(rows);
        ManifestRows ordered = ManifestCheck.of(manifest, false).rows(RowOrder.MIXED)) {
      List<Iterator<? extends ManifestRow>> ends = List.copyOf(ordered.ends());
      List<String> names = new ArrayList<>();
      for (int lane : new int[] {1, 0, 0, 1, 1, 0, 1, 0, 0}) {
        names.add(ends.get(lane).next().columns().get("filename"));
      }
      assertThat(names).containsExactly("f2", "f0", "f1", "f8", "f7", "f3", "f6", "f4", "f5");
      assertThat(ends).noneMatch(Iterator::hasNext);
    }
  }

  @Test
  void manyLongNamesAreSorted() {
    int count = 3000;
    String tail = "/" + "n".repeat(200) + "/" + "m".repeat(200) + "/" + "k".repeat(200);
    String rows =
        IntStream.range(0, count)
            .mapToObj(i -> "%05d".formatted(count - i) + tail + ",http://h/" + i + "\n")
            .collect(Collectors.joining("", "filename,url\n", ""));
    String expected =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> "%05d".formatted(i) + tail)
            .collect(Collectors.joining(" "));
    assertThat(names(rows, RowOrder.NAME)).isEqualTo(expected);
  }
}

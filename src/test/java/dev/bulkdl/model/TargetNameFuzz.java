package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** A name that is taken stays below the output folder, and is the name of one file there. */
class TargetNameFuzz {

  private static final Path ROOT = Path.of("/out");

  @DictionaryEntries({"../", "/..", "./", ".bulkdl", ".BulkDL/", "C:\\\\", "\\\\", "%2e%2e", "//"})
  @FuzzTest
  void staysBelowTheFolder(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    TargetName name;
    try {
      name = TargetName.of(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining(" ");
      return;
    }
    Path place = ROOT.resolve(name.value());
    assertThat(place.normalize()).isEqualTo(place);
    assertThat(place.startsWith(ROOT) && !place.equals(ROOT)).isTrue();
    assertThat(ROOT.relativize(place)).hasToString(text);
    assertThat(text.toLowerCase(Locale.ROOT) + "/").doesNotStartWith(".bulkdl/");
    assertThat(text).doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f]");
  }
}

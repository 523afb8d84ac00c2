package dev.bulkdl.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class DemoFileTest {

  static final List<DemoFile> ALL = DemoFile.ALL;

  @ParameterizedTest
  @FieldSource("ALL")
  void hasTheHashOfItsContent(DemoFile file) throws NoSuchAlgorithmException {
    assertThat(file.sha256()).isEqualTo(sha256(file.content()));
  }

  @Test
  void areSevenFromNothingToSeveralConnectionsWorthOneOfThemInASubfolder() {
    assertThat(ALL)
        .extracting(DemoFile::size)
        .containsExactly(0L, 1L, 4L << 10, (1L << 20) + 7, 16L << 20, 64L << 20, 256L << 20);
    assertThat(ALL).filteredOn(file -> file.name().contains("/")).hasSize(1);
    assertThat(ALL).extracting(DemoFile::etag).doesNotHaveDuplicates();
  }

  private static String sha256(Generated content) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    for (long at = 0; at < content.size(); at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), content.size() - at));
      content.fill(at, buffer);
      digest.update(buffer.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}

package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadTest {
  private final Payload payload = new Payload(7, 1000);

  @TempDir private Path folder;

  @Test
  void everySliceEqualsThatPartOfTheWhole() {
    byte[] whole = payload.bytes();
    for (int from = 0; from < 40; from++) {
      for (int to = from; to < 60; to++) {
        assertThat(payload.bytes(from, to)).isEqualTo(Arrays.copyOfRange(whole, from, to));
      }
    }
    assertThat(payload.bytes(990, 1000)).isEqualTo(Arrays.copyOfRange(whole, 990, 1000));
  }

  @Test
  void isTheSameForEverAndOtherForAnotherSeed() {
    assertThat(payload.sha256())
        .isEqualTo("3c8a109c9b4bca49a2402723da27c2f4396730937c407f0d2f070aedf97ff372")
        .isEqualTo(new Payload(7, 1000).sha256())
        .isNotEqualTo(new Payload(8, 1000).sha256());
  }

  @Test
  void streamGivesAllBytes() throws IOException {
    assertThat(payload.stream().readAllBytes()).isEqualTo(payload.bytes());
    assertThat(new Payload(1, 0).stream().read()).isEqualTo(-1);
  }

  @Test
  void hashesByAnyAlgorithm() {
    CRC32C crc = new CRC32C();
    crc.update(payload.bytes());
    assertThat(payload.hash("crc32c")).isEqualTo("%08x".formatted(crc.getValue()));
    assertThat(payload.hash("MD5")).hasSize(32);
    assertThat(new Payload(1, 0).hash("MD5")).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
  }

  @Test
  void findsTheFirstByteThatDiffers() throws IOException {
    Payload big = new Payload(3, 200_001);
    Path file = folder.resolve("file");
    big.writeTo(file);
    assertThat(big.matches(file)).isTrue();
    byte[] bytes = big.bytes();
    bytes[150_000]++;
    Files.write(file, bytes);
    assertThat(big.firstDifference(file)).isEqualTo(OptionalLong.of(150_000));
    big.writeFirst(70_000, file);
    assertThat(big.firstDifference(file)).isEqualTo(OptionalLong.of(70_000));
  }
}

package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentDigestTest {

  private static final Payload PAYLOAD = new Payload(1, 3_000_000);
  private static final Payload OTHER = new Payload(2, 3_000_000);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("file");
    PAYLOAD.writeTo(file);
  }

  private static Checksum sha256(Payload payload) {
    return new Checksum(Algorithm.SHA256, payload.sha256());
  }

  private static ByteBuffer bytes(Payload payload, long from, long to) {
    return ByteBuffer.wrap(payload.bytes(from, to));
  }

  @Test
  void hashesOfferedBytesAndReadsOnlyTheRest() throws IOException {
    ContentDigest digest = new ContentDigest(List.of(sha256(OTHER)));
    digest.offer(0, bytes(OTHER, 0, 3_000_000), 3_000_000);
    assertThat(digest.firstMismatch(file, () -> false)).isEmpty();
  }

  @Test
  void leavesTheBufferAsItIs() {
    ContentDigest digest = new ContentDigest(List.of(sha256(PAYLOAD)));
    ByteBuffer lent = bytes(PAYLOAD, 0, 100).position(10);
    digest.offer(0, lent, 50);
    assertThat(lent.position()).isEqualTo(10);
    assertThat(lent.limit()).isEqualTo(100);
  }

  @Test
  void hashesOnlyTheGivenNumberOfBytes() throws IOException {
    ContentDigest digest = new ContentDigest(List.of(sha256(PAYLOAD)));
    digest.offer(0, bytes(PAYLOAD, 0, 100), 40);
    digest.offer(40, bytes(PAYLOAD, 40, 100), 60);
    assertThat(digest.firstMismatch(file, () -> false)).isEmpty();
  }

  @Test
  void namesTheHashThatDoesNotMatch() throws IOException {
    Checksum wrong = new Checksum(Algorithm.CRC32C, "00000000");
    ContentDigest digest = new ContentDigest(List.of(sha256(PAYLOAD), wrong));
    assertThat(digest.firstMismatch(file, () -> false))
        .hasValueSatisfying(
            mismatch -> {
              assertThat(mismatch.wanted()).isEqualTo(wrong);
              assertThat(mismatch.found()).isEqualTo(PAYLOAD.hash("crc32c"));
              assertThat(mismatch.toString())
                  .startsWith("crc32c is ")
                  .endsWith("expected 00000000");
            });
  }

  @Test
  void twoHashesOfOneAlgorithmMustBothMatch() throws IOException {
    ContentDigest digest = new ContentDigest(List.of(sha256(PAYLOAD), sha256(OTHER)));
    assertThat(digest.firstMismatch(file, () -> false)).isPresent();
  }

  @Test
  void resetDiscardsAllBytes() throws IOException {
    ContentDigest digest = new ContentDigest(List.of(sha256(PAYLOAD)));
    digest.offer(0, bytes(OTHER, 0, 1000), 1000);
    digest.reset();
    digest.offer(0, bytes(PAYLOAD, 0, 500), 500);
    assertThat(digest.firstMismatch(file, () -> false)).isEmpty();
  }

  @Test
  void readsNothingWithoutChecksums() throws IOException {
    ContentDigest digest = new ContentDigest(List.of());
    assertThat(digest.firstMismatch(folder.resolve("missing"), () -> false)).isEmpty();
  }

  @Test
  void stopsOnRequest() {
    ContentDigest digest = new ContentDigest(List.of(sha256(PAYLOAD)));
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> digest.firstMismatch(file, () -> true));
  }

  @Test
  void failsIfTheFileCannotBeRead() {
    ContentDigest digest = new ContentDigest(List.of(sha256(PAYLOAD)));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> digest.firstMismatch(folder.resolve("missing"), () -> false));
  }

  @Test
  void aFileThatIsTooShortDoesNotMatch() throws IOException {
    Files.write(file, PAYLOAD.bytes(0, 10));
    ContentDigest digest = new ContentDigest(List.of(sha256(PAYLOAD)));
    assertThat(digest.firstMismatch(file, () -> false)).isPresent();
  }

  /** The digests of the JDK are slow without its optimizing compiler, which a run is without. */
  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"SHA512", "SHA256", "SHA1", "MD5"})
  void contentIsHashedByTheNativeLibrary(Algorithm algorithm) throws NoSuchAlgorithmException {
    MessageDigest digest = Digests.forContent(algorithm);
    byte[] bytes = new Payload(7, 1000).bytes();
    assertThat(digest.getProvider().getName()).isEqualTo("Conscrypt");
    assertThat(digest.digest(bytes))
        .isEqualTo(MessageDigest.getInstance(algorithm.standardName()).digest(bytes));
  }
}

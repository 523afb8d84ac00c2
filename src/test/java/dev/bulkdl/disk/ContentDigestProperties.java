package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The hashes are those of the file, in any order of the offered bytes. */
class ContentDigestProperties {

  private static Path folder;

  @BeforeContainer
  static void create() throws IOException {
    folder = Files.createTempDirectory("digest");
  }

  @AfterContainer
  static void delete() throws IOException {
    Files.deleteIfExists(folder.resolve("file"));
    Files.delete(folder);
  }

  private static List<Checksum> checksums(Payload payload) {
    return Arrays.stream(Algorithm.values())
        .map(
            algorithm ->
                new Checksum(
                    algorithm,
                    payload.hash(
                        algorithm == Algorithm.CRC32C ? "crc32c" : algorithm.standardName())))
        .toList();
  }

  @Property(tries = 200)
  void findsTheHashOfTheFileForAnyOffers(
      @ForAll @LongRange(max = 5000) long size,
      @ForAll @Size(max = 20) List<@IntRange(max = 5000) Integer> starts,
      @ForAll @IntRange(min = 1, max = 3000) int length,
      @ForAll boolean inOrder)
      throws IOException {
    Payload payload = new Payload(7, size);
    Path file = folder.resolve("file");
    payload.writeTo(file);
    ContentDigest digest = new ContentDigest(checksums(payload));
    List<Integer> order = inOrder ? starts.stream().sorted().toList() : starts;
    int next = 0;
    for (int start : order) {
      int from = inOrder ? next : start;
      if (from < size) {
        int end = (int) Math.min(size, from + length);
        digest.offer(from, ByteBuffer.wrap(payload.bytes(from, end)), end - from);
        next = end;
      }
    }
    assertThat(digest.firstMismatch(file, () -> false)).isEmpty();
  }
}

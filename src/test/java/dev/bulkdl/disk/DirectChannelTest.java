package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.testkit.PageCache;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectChannelTest {

  private static final int BLOCK = AlignedBuffers.BLOCK;
  private static final int MIB = 1 << 20;

  @TempDir private Path folder;
  private final AlignedBuffers buffers = new AlignedBuffers();
  private Path path;

  @BeforeEach
  void create() throws IOException {
    PageCache.assumeAvoidable(folder);
    path = Files.createFile(folder.resolve("a.part"));
  }

  private PartChannel open() throws IOException {
    return DirectChannel.of(FileChannel.open(path, StandardOpenOption.WRITE), path, buffers);
  }

  /** Content in pieces of random length, like reads from a network. */
  private static final class Pieces implements BodyChannel {
    private final Payload payload;
    private final Random random;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(MIB).limit(0);
    private long position;

    Pieces(Payload payload, long position, Random random) {
      this.payload = payload;
      this.position = position;
      this.random = random;
    }

    @Override
    public ByteBuffer lend() {
      long left = payload.size() - position;
      if (!piece.hasRemaining() && left > 0) {
        int most = 1 << (1 + random.nextInt(20));
        piece.clear().limit((int) Math.min(left, 1 + random.nextInt(most)));
        payload.fill(position, piece);
        position += piece.flip().remaining();
      }
      return piece;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /**
   * Writes pieces of any length from any position on; all other bytes of the file stay unchanged.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void writesEveryPieceAtItsPosition(long seed) throws IOException {
    Random random = new Random(seed);
    Payload payload = new Payload((int) seed, 3 * MIB + random.nextInt(3 * MIB));
    long[] cuts = random.longs(4, 0, payload.size()).sorted().toArray();
    for (int i = cuts.length; i >= 0; i--) {
      long start = i == 0 ? 0 : cuts[i - 1];
      long end = i == cuts.length ? payload.size() : cuts[i];
      try (PartChannel channel = open()) {
        assertThat(channel).isInstanceOf(DirectChannel.class);
        BodyChannel body = channel.prepare(new Pieces(payload, start, random), start, () -> end);
        for (long at = start; at < end; ) {
          at += channel.transferFrom(body, at, end - at);
        }
      }
    }
    assertThat(payload.firstDifference(path)).isEmpty();
  }

  /** Records the position of each write of the two channels. */
  private List<Long> direct(long position, int length) throws IOException {
    List<Long> seen = new ArrayList<>();
    ByteBuffer buffer = buffers.take().orElseThrow();
    try (FileChannel cached = FileChannel.open(path, StandardOpenOption.WRITE);
        FileChannel past = DirectIo.open(path);
        PartChannel recorded =
            new PartChannel(past) {
              @Override
              public int write(ByteBuffer bytes, long at) throws IOException {
                seen.add(at);
                seen.add((long) bytes.remaining());
                return super.write(bytes, at);
              }
            };
        PartChannel channel = new DirectChannel(cached, recorded, buffer, buffers, () -> 0)) {
      Payload payload = new Payload(1, position + length);
      long end = position + length;
      Pieces pieces = new Pieces(payload, position, new Random(1));
      BodyChannel body = channel.prepare(pieces, position, () -> end);
      for (long at = position; at < end; ) {
        at += channel.transferFrom(body, at, end - at);
      }
    }
    return seen;
  }

  @Test
  void writesWholeBlocksDirectlyAndTheRestThroughTheCache() throws IOException {
    assertThat(direct(0, MIB + 5)).containsExactly(0L, (long) MIB);
    assertThat(direct(BLOCK - 1, MIB)).containsExactly((long) BLOCK, (long) MIB - BLOCK);
    assertThat(direct(BLOCK + 1, MIB)).containsExactly(2L * BLOCK, (long) MIB - BLOCK);
  }

  @Test
  void writesSmallAmountsThroughTheCache() throws IOException {
    assertThat(direct(0, 3 * BLOCK)).isEmpty();
    assertThat(direct(0, 4 * BLOCK)).hasSize(2);
  }

  /** If no buffer is free, the file is written through the cache. */
  @Test
  void boundsTheMemory() throws IOException {
    List<PartChannel> channels = new ArrayList<>();
    while (channels.isEmpty() || channels.getLast() instanceof DirectChannel) {
      channels.add(open());
    }
    assertThat(channels).hasSizeBetween(2, 33);
    for (PartChannel channel : channels) {
      channel.close();
    }
    try (PartChannel again = open()) {
      assertThat(again).isInstanceOf(DirectChannel.class);
    }
  }
}

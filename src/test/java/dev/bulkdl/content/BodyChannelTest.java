package dev.bulkdl.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BodyChannelTest {

  private static BodyChannel lending(ByteBuffer buffer) {
    return new BodyChannel() {
      @Override
      public ByteBuffer lend() {
        return buffer;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void readsByCopyingAsMuchAsFits() throws IOException {
    BodyChannel body = lending(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}));
    ByteBuffer target = ByteBuffer.allocate(3);
    assertThat(body.read(target)).isEqualTo(3);
    assertThat(target.array()).containsExactly(1, 2, 3);
    assertThat(body.read(target.clear())).isEqualTo(2);
    assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {4, 5}));
  }

  @Test
  void readsBehindWhatTheTargetHoldsAlready() throws IOException {
    BodyChannel body = lending(ByteBuffer.wrap(new byte[] {7}));
    ByteBuffer target = ByteBuffer.allocate(4).put((byte) 9);
    assertThat(body.read(target)).isEqualTo(1);
    assertThat(target.array()).containsExactly(9, 7, 0, 0);
  }

  @Test
  void tellsTheEnd() throws IOException {
    assertThat(lending(ByteBuffer.allocate(0)).read(ByteBuffer.allocate(8))).isEqualTo(-1);
  }
}

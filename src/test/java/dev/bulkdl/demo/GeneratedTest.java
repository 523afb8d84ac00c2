package dev.bulkdl.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedTest {

  @Test
  void everyPieceIsThatPieceOfTheWhole() {
    Generated content = new Generated(77);
    byte[] whole = bytes(content, 0, 77);
    for (int from = 0; from <= 77; from++) {
      for (int to = from; to <= 77; to++) {
        assertThat(bytes(content, from, to))
            .as("%d to %d", from, to)
            .isEqualTo(Arrays.copyOfRange(whole, from, to));
      }
    }
  }

  @Test
  void doesNotRepeat() {
    Generated content = new Generated(1 << 20);
    assertThat(bytes(content, 0, 4096)).isNotEqualTo(bytes(content, 4096, 8192));
    assertThat(bytes(content, 0, 64)).isNotEqualTo(bytes(new Generated(64), 0, 64));
  }

  @Test
  void fillsOnlyWhatRemainsAndKeepsTheBuffersOrder() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(32).position(3).limit(29);
    new Generated(100).fill(5, buffer);
    assertThat(buffer.position()).isEqualTo(29);
    assertThat(buffer.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    buffer.clear();
    assertThat(buffer.get(2)).isZero();
    assertThat(buffer.get(29)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "10, 1", "0, 11", "9223372036854775807, 1"})
  void hasNothingOutsideItsSize(long offset, int length) {
    assertThatThrownBy(() -> new Generated(10).fill(offset, ByteBuffer.allocate(length)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static byte[] bytes(Generated content, int from, int to) {
    ByteBuffer buffer = ByteBuffer.allocate(to - from);
    content.fill(from, buffer);
    return buffer.array();
  }
}

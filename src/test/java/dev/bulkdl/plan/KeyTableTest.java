package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTableTest {

  @Test
  void tellsKeysApartByAllTheirBits() {
    KeyTable table = new KeyTable();
    for (int i = 0; i < 64; i++) {
      table.put(1L << i, 0, i + 1, i);
      table.put(0, 1L << i, -i - 1, -i);
    }

    for (int i = 0; i < 64; i++) {
      assertThat(table.get(1L << i, 0)).isEqualTo(i + 1);
      assertThat(table.get(0, 1L << i)).isEqualTo(-i - 1);
      assertThat(table.mark(1L << i, 0)).isEqualTo(i);
      assertThat(table.mark(0, 1L << i)).isEqualTo(-i);
    }
    assertThat(table.get(0, 0)).isZero();
    assertThat(table.get(3, 0)).isZero();
  }
}

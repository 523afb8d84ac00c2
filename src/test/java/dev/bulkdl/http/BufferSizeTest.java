package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferSizeTest {

  private static final long MIB = 1L << 20;

  @ParameterizedTest
  @CsvSource({
    "1, 1024",
    "62, 1024",
    "63, 1008",
    "64, 992",
    "128, 480",
    "256, 224",
    "512, 96",
    "1000, 36",
    "1000000, 36",
  })
  void shrinksAsConnectionsGrow(int connections, int kibibytes) {
    assertThat(JettyClient.bufferSize(64 * MIB, connections)).isEqualTo(kibibytes * 1024);
  }

  @Test
  void shrinksWithTheHeap() {
    assertThat(JettyClient.bufferSize(16 * MIB, 64)).isEqualTo(224 * 1024);
  }

  @Test
  void allConnectionsStayWithinTheBudget() {
    for (int connections = 64; connections <= 1000; connections++) {
      assertThat((long) connections * JettyClient.bufferSize(64 * MIB, connections))
          .isLessThan(64 * MIB);
    }
  }
}

package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferSizeTest {

  @ParameterizedTest
  @CsvSource({
    "1, 512",
    "64, 512",
    "65, 256",
    "128, 256",
    "129, 128",
    "256, 128",
    "257, 64",
    "512, 64",
    "513, 36",
    "1000, 36",
    "1000000, 36",
  })
  void shrinksAsConnectionsGrow(int connections, int kibibytes) {
    assertThat(JettyFetcher.bufferSize(connections)).isEqualTo(kibibytes * 1024);
  }

  @Test
  void aThousandConnectionsStayWithinTheBudget() {
    assertThat(1000L * JettyFetcher.bufferSize(1000)).isLessThanOrEqualTo(36L << 20);
  }
}

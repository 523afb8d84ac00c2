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
    "128, 512",
    "129, 256",
    "256, 256",
    "257, 128",
    "512, 128",
    "513, 64",
    "1000, 64",
    "1000000, 64",
  })
  void shrinksAsConnectionsGrow(int connections, int kibibytes) {
    assertThat(JettyFetcher.bufferSize(connections)).isEqualTo(kibibytes * 1024);
  }

  @Test
  void aThousandConnectionsStayWithinTheBudget() {
    assertThat(1000L * JettyFetcher.bufferSize(1000)).isLessThanOrEqualTo(64L << 20);
  }
}

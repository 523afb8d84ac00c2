package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.settings.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorLimitTest {

  @ParameterizedTest
  @CsvSource({"222, 64, 32", "221, 63, 32", "100, 23, 23", "33, 1, 1", "10, 1, 1", "-5, 1, 1"})
  void asManyConnectionsAsThereAreDescriptorsFor(int left, int connections, int files) {
    Limits fitting = DescriptorLimit.fit(Limits.FIXED, left);
    assertThat(fitting.maxConnections()).isEqualTo(connections);
    assertThat(fitting.maxFiles()).isEqualTo(files);
    assertThat(fitting.maxPerHost()).isEqualTo(Limits.FIXED.maxPerHost());
  }

  /** Two files with four connections each never use more than eight connections. */
  @Test
  void whatIsNeverReachedIsNotLowered() {
    Limits wanted = Limits.FIXED.withMaxFiles(2).withMaxConnections(1000);
    assertThat(DescriptorLimit.fit(wanted, 60)).isEqualTo(wanted);
    assertThat(DescriptorLimit.fit(wanted, 50).maxConnections()).isEqualTo(6);
  }

  @Test
  void thisProcessHasSomeLeft() {
    assertThat(DescriptorLimit.left()).isPositive();
  }
}

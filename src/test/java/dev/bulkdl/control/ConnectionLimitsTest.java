package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimitsTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # in all, per origin, origins, allowed
          64, 16, 0, 16
          64, 16, 1, 16
          64, 16, 3, 48
          64, 16, 4, 64
          64, 16, 5, 64
          64, 2147483647, 1000000, 64
          """)
  void theSmallerOneBinds(int inAll, int perOrigin, int origins, int allowed) {
    assertThat(new ConnectionLimits(inAll, perOrigin).allowed(origins)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # in all, per origin, origins, delta, in all then, per origin then
          64, 16, 1,  1, 64, 17
          64, 16, 0,  1, 64, 17
          64, 16, 2,  1, 64, 17
          64, 16, 9,  1, 65, 16
          64, 64, 1,  1, 65, 65
          64, 16, 1, 99, 115, 115
          64, 16, 1, -1, 64, 15
          64, 16, 2, -1, 64, 15
          64, 16, 2, -2, 64, 15
          64, 16, 2, -3, 64, 14
          64, 16, 4, -1, 63, 16
          64, 16, 9, -1, 63, 16
          64,  1, 9, -1,  8,  1
          64,  1, 1, -1, 64,  1
           1, 16, 1, -1,  1, 16
          64, 16, 1, -2147483648, 64, 1
          64, 16, 1, 2147483647, 2147483647, 2147483647
          64, 16, 1,  0, 64, 16
          """)
  void theOneThatBindsChanges(
      int inAll, int perOrigin, int origins, int delta, int inAllThen, int perOriginThen) {
    assertThat(new ConnectionLimits(inAll, perOrigin).changed(delta, origins))
        .isEqualTo(new ConnectionLimits(inAllThen, perOriginThen));
  }
}

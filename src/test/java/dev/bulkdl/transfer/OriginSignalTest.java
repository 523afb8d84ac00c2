package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginSignalTest {

  private static OriginSignal of(Failure failure, boolean stale) {
    return OriginSignal.of(new FetchResponse.Failed(failure, stale), () -> false);
  }

  @ParameterizedTest
  @CsvSource({
    "429, false, REFUSED",
    "503, false, PERHAPS_REFUSED",
    "500, false, NONE",
    "404, false, SERVES",
    "403, false, SERVES",
    "403, true, REFUSED"
  })
  void aStatusSaysWhetherThereAreTooMany(int status, boolean by403, OriginSignal signal) {
    Failure failure = new Failure.Http(status, "", Optional.empty());
    assertThat(OriginSignal.of(new FetchResponse.Failed(failure, false), () -> by403))
        .isEqualTo(signal);
  }

  @Test
  void aRefusedOrResetConnectionCounts() {
    assertThat(of(new Failure.Connect(""), false)).isEqualTo(OriginSignal.RESET);
    assertThat(of(new Failure.Reset(""), false)).isEqualTo(OriginSignal.RESET);
    assertThat(of(new Failure.Timeout(""), false)).isEqualTo(OriginSignal.NONE);
  }

  /** A server can close an idle connection at any time. */
  @Test
  void aConnectionThatWasIdleSaysNothing() {
    assertThat(of(new Failure.Reset(""), true)).isEqualTo(OriginSignal.NONE);
  }
}

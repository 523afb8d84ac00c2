package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Origin;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginProtocolsTest {

  private static final Origin HERE = new Origin("https", "h.example", 443);

  private final OriginProtocols protocols = new OriginProtocols(Duration.ofMillis(5));

  @ParameterizedTest(name = "{0} ms: below {1} bytes")
  @CsvSource({"6, 8192", "20, 8192", "80, 32768", "300, 122880", "5000, 1048576"})
  void theRoundTripSaysWhichFilesAreSmall(int millis, long below) {
    protocols.chosenHttp2(HERE, 128);
    protocols.roundTrip(HERE, Duration.ofMillis(millis));
    assertThat(protocols.sharesBelow(HERE)).isEqualTo(below);
    protocols.failed(HERE);
    protocols.answered(HERE);
    protocols.chosenHttp2(HERE, 128);
    assertThat(protocols.sharesBelow(HERE)).isEqualTo(below);
  }

  @Test
  void beforeThatARoundTripOfEightyMillisecondsIsAssumed() {
    assertThat(protocols.sharesBelow(HERE)).isEqualTo(32_768);
    protocols.chosenHttp2(HERE, 128);
    assertThat(protocols.sharesBelow(HERE)).isEqualTo(32_768);
  }

  @Test
  void anOriginThatIsNearSharesNothing() {
    protocols.chosenHttp2(HERE, 128);
    protocols.roundTrip(HERE, Duration.ofMillis(5));
    assertThat(protocols.mayShare(HERE)).isFalse();
  }

  @Test
  void plainHttpSharesNothing() {
    assertThat(protocols.mayShare(new Origin("http", "h.example", 80))).isFalse();
  }
}

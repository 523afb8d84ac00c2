package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.HttpSettings;
import dev.bulkdl.model.Timeouts;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS by the native library and by the JDK: both check the same. */
class TlsTest {
  private static final Payload PAYLOAD = new Payload(1, 3_000_000);

  /** Who encrypts. */
  enum By {
    NATIVE,
    JDK;

    TlsLibrary library() {
      return this == NATIVE ? TlsLibrary.fastest() : TlsLibrary.ofJdk();
    }
  }

  private static HttpSettings trusting(Optional<Path> authority, boolean insecure) {
    return new HttpSettings(List.of(), authority, insecure);
  }

  private static JettyFetcher fetcher(By by, HttpSettings settings) throws IOException {
    return fetcher(by, settings, took -> {});
  }

  private static JettyFetcher fetcher(By by, HttpSettings settings, WireListener wire)
      throws IOException {
    return new JettyFetcher(settings, Timeouts.DEFAULTS, () -> 64, "test", by::library, wire);
  }

  private static Answer get(JettyFetcher fetcher, FaultServer server) {
    Get get = new Get(server.uri("/a"), Optional.empty(), Optional.empty(), List.of());
    return fetcher.get(get, new Cancellation());
  }

  private static byte[] content(Answer answer) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    assertThat(answer).isInstanceOf(Answer.Whole.class);
    try (var body = ((Answer.Whole) answer).body()) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
      while (body.read(buffer.clear()) >= 0) {
        all.write(buffer.array(), 0, buffer.position());
      }
    }
    return all.toByteArray();
  }

  @Test
  void theNativeLibraryLoadsHere() {
    assertThat(TlsLibrary.fastest().provider()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void whoEncryptsIsToldOnceAndOnlyWhereSomethingIsEncrypted(By by) throws IOException {
    Told told = new Told(new ArrayList<>());
    try (FaultServer plain = FaultServer.http().serve("/a", PAYLOAD);
        FaultServer secure = FaultServer.https().serve("/a", PAYLOAD);
        JettyFetcher fetcher =
            fetcher(by, trusting(Optional.of(Certificate.authority()), false), told)) {
      assertThat(content(get(fetcher, plain))).isEqualTo(PAYLOAD.bytes());
      assertThat(told.names()).isEmpty();
      assertThat(content(get(fetcher, secure))).isEqualTo(PAYLOAD.bytes());
      assertThat(content(get(fetcher, secure))).isEqualTo(PAYLOAD.bytes());
      assertThat(told.names()).containsExactly(by.library().name());
    }
  }

  private record Told(List<String> names) implements WireListener {
    @Override
    public void connected(Duration took) {}

    @Override
    public void tlsBegan(String by) {
      names.add(by);
    }
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void contentComesWhole(By by) throws IOException {
    try (FaultServer server = FaultServer.https().serve("/a", PAYLOAD);
        JettyFetcher fetcher = fetcher(by, trusting(Optional.of(Certificate.authority()), false))) {
      assertThat(content(get(fetcher, server))).isEqualTo(PAYLOAD.bytes());
      assertThat(content(get(fetcher, server))).isEqualTo(PAYLOAD.bytes());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NATIVE, EXPIRED, NotAfter",
    "JDK, EXPIRED, NotAfter",
    "NATIVE, WRONG_HOST, subject alternative names",
    "JDK, WRONG_HOST, subject alternative names",
  })
  void aWrongCertificateIsRefusedAndTold(By by, Certificate certificate, String why)
      throws IOException {
    try (FaultServer server = FaultServer.https(certificate).serve("/a", PAYLOAD);
        JettyFetcher fetcher = fetcher(by, trusting(Optional.of(Certificate.authority()), false))) {
      assertRefused(get(fetcher, server), why);
      assertThat(server.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void anAuthorityThatIsNotTrustedIsRefused(By by) throws IOException {
    try (FaultServer server = FaultServer.https().serve("/a", PAYLOAD);
        JettyFetcher fetcher = fetcher(by, trusting(Optional.empty(), false))) {
      assertRefused(get(fetcher, server), "unable to find valid certification path");
      assertThat(server.requests()).isEmpty();
    }
  }

  private static void assertRefused(Answer answer, String why) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.failure()).isInstanceOf(Failure.Tls.class);
              assertThat(failed.failure().text()).contains(why);
            });
  }

  @ParameterizedTest
  @CsvSource({"NATIVE, EXPIRED", "JDK, EXPIRED", "NATIVE, GOOD"})
  void insecureChecksNoCertificate(By by, Certificate certificate) throws IOException {
    try (FaultServer server = FaultServer.https(certificate).serve("/a", PAYLOAD);
        JettyFetcher fetcher = fetcher(by, trusting(Optional.empty(), true))) {
      assertThat(content(get(fetcher, server))).isEqualTo(PAYLOAD.bytes());
    }
  }

  /** The server itself then refuses the name for which it has no certificate. */
  @ParameterizedTest
  @EnumSource(By.class)
  void insecureChecksNoHostName(By by) throws IOException {
    try (FaultServer server = FaultServer.https(Certificate.WRONG_HOST);
        JettyFetcher fetcher = fetcher(by, trusting(Optional.empty(), true))) {
      assertThat(get(fetcher, server))
          .isInstanceOfSatisfying(
              Answer.Failed.class,
              failed -> assertThat(failed.failure()).isInstanceOf(Failure.Http.class));
    }
  }

  /** Records are gathered, so that a write to disk is large. */
  @ParameterizedTest
  @EnumSource(By.class)
  void severalRecordsAreLentAtOnce(By by) throws IOException {
    try (FaultServer server = FaultServer.https().serve("/a", PAYLOAD);
        JettyFetcher fetcher = fetcher(by, trusting(Optional.of(Certificate.authority()), false))) {
      int largest = 0;
      try (var body = ((Answer.Whole) get(fetcher, server)).body()) {
        for (ByteBuffer lent = body.lend(); lent.hasRemaining(); lent = body.lend()) {
          largest = Math.max(largest, lent.remaining());
          lent.position(lent.limit());
        }
      }
      assertThat(largest).isGreaterThan(64 << 10);
    }
  }
}

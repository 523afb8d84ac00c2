package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.http.FailureMapping.Phase;
import dev.bulkdl.model.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureMappingTest {

  private static Failure map(Throwable thrown, Phase phase) {
    return FailureMapping.of(thrown, phase, "host.example");
  }

  private static SSLHandshakeException handshake(String text, Throwable cause) {
    SSLHandshakeException exception = new SSLHandshakeException(text);
    exception.initCause(cause);
    return exception;
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aNameWithoutAnAddressIsDnsInEveryPhase(Phase phase) {
    assertThat(map(new UnknownHostException("x"), phase))
        .isEqualTo(new Failure.Dns("no address for host.example"));
    assertThat(map(new UnresolvedAddressException(), phase)).isInstanceOf(Failure.Dns.class);
    assertThat(map(new IOException(new UnknownHostException("x")), phase))
        .isInstanceOf(Failure.Dns.class);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void brokenHttpHasNoStatusInEveryPhase(Phase phase) {
    assertThat(map(new HttpException.RuntimeException(431, "Header too long"), phase))
        .isInstanceOfSatisfying(
            Failure.Http.class,
            http -> {
              assertThat(http.status()).isZero();
              assertThat(http.text()).contains("Header too long");
              assertThat(http.isTransient()).isFalse();
            });
    assertThat(map(new HttpResponseException("nonsense", null), phase))
        .isInstanceOf(Failure.Http.class);
  }

  @Test
  void failuresBeforeTheConnectionAreConnect() {
    assertThat(map(new ConnectException("refused"), Phase.CONNECTING))
        .isEqualTo(new Failure.Connect("no connection to host.example: refused"));
    assertThat(map(new NoRouteToHostException("no route"), Phase.CONNECTING))
        .isEqualTo(new Failure.Connect("no connection to host.example: no route"));
    assertThat(map(new SocketTimeoutException("x"), Phase.CONNECTING))
        .isEqualTo(new Failure.Connect("no connection to host.example: no answer in time"));
    assertThat(map(new ExecutionException(new ConnectException("r")), Phase.CONNECTING))
        .isEqualTo(new Failure.Connect("no connection to host.example: r"));
  }

  @Test
  void aSilentResolverIsDns() {
    assertThat(map(new TimeoutException(), Phase.CONNECTING)).isInstanceOf(Failure.Dns.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"SENDING", "WAITING"})
  void aCutConnectionIsReset(Phase phase) {
    assertThat(map(new EOFException(), phase)).isInstanceOf(Failure.Reset.class);
    assertThat(map(new EofException(), phase)).isInstanceOf(Failure.Reset.class);
    assertThat(map(new ClosedChannelException(), phase)).isInstanceOf(Failure.Reset.class);
    assertThat(map(new SocketException("Connection reset"), phase))
        .isEqualTo(new Failure.Reset("the connection was cut: Connection reset"));
  }

  @Test
  void contentThatEndsEarlyIsTruncated() {
    assertThat(map(new EOFException(), Phase.CONTENT)).isInstanceOf(Failure.Truncated.class);
    assertThat(map(new IOException(new EOFException()), Phase.CONTENT))
        .isInstanceOf(Failure.Truncated.class);
  }

  @Test
  void contentThatIsCutIsReset() {
    assertThat(map(new SocketException("Connection reset"), Phase.CONTENT))
        .isInstanceOf(Failure.Reset.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"CONNECTING", "SENDING", "WAITING"})
  void anUntrustedCertificateIsTlsWithItsReason(Phase phase) {
    Throwable expired =
        handshake(
            "PKIX path validation failed",
            new CertPathValidatorException(
                "validity check failed", new CertificateExpiredException("NotAfter: yesterday")));
    assertThat(map(expired, phase))
        .isInstanceOfSatisfying(
            Failure.Tls.class, tls -> assertThat(tls.text()).contains("NotAfter: yesterday"));
  }

  @Test
  void aRefusedHandshakeIsTls() {
    assertThat(map(new SSLHandshakeException("no common protocol"), Phase.SENDING))
        .isEqualTo(new Failure.Tls("no trusted connection: no common protocol"));
    assertThat(map(new SSLException("record", new SSLException("inner")), Phase.SENDING))
        .isInstanceOf(Failure.Tls.class);
  }

  @Test
  void aCutHandshakeIsTransient() {
    Failure failure = map(handshake("closed", new EOFException("EOF")), Phase.SENDING);
    assertThat(failure).isInstanceOf(Failure.Reset.class);
    assertThat(failure.isTransient()).isTrue();
  }

  @Test
  void theTextHasNoSecretAndNoControlCharacter() {
    Failure failure = map(new ConnectException("http://u:s3cret@h/ \u001b[2J"), Phase.CONNECTING);
    assertThat(failure.text()).doesNotContain("s3cret", "\u001b");
  }

  @Test
  void anExceptionWithoutTextShowsItsClassName() {
    assertThat(map(new ConnectException(), Phase.CONNECTING))
        .isEqualTo(new Failure.Connect("no connection to host.example: connect"));
  }
}

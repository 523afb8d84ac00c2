package dev.bulkdl.http;

import dev.bulkdl.model.Failure;
import dev.bulkdl.text.IoText;
import dev.bulkdl.text.Redaction;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpMethod;

/**
 * Maps exceptions of Jetty and the JDK to failures, by their type and the phase of the exchange.
 * Pure.
 */
final class FailureMapping {

  /** The phases of an exchange, in order. */
  enum Phase {
    CONNECTING,
    SENDING,
    WAITING,
    CONTENT
  }

  private FailureMapping() {}

  /**
   * @param peer the host or proxy of the connection, as messages name it
   */
  static Failure of(Throwable thrown, Phase phase, String peer) {
    return switch (thrown) {
      case ForbiddenAddressException e -> forbidden(peer, String.valueOf(e.getMessage()));
      case UnknownHostException ignored -> noAddress(peer);
      case UnresolvedAddressException ignored -> noAddress(peer);
      case HttpException broken -> protocol(broken.getReason());
      case HttpResponseException refused -> response(refused);
      // Jetty throws it while it reports a broken response
      case AssertionError ignored -> protocol("the response is malformed");
      default ->
          switch (phase) {
            case CONNECTING -> connecting(thrown, peer);
            case SENDING, WAITING -> waiting(thrown, peer);
            case CONTENT -> content(thrown, peer);
          };
    };
  }

  private static Failure connecting(Throwable thrown, String peer) {
    return switch (thrown) {
      case SocketTimeoutException ignored -> unreachable(peer, "no answer in time");
      case TimeoutException ignored -> noAddress(peer); // thrown by the resolver
      case SSLException e -> tls(e);
      case ConnectException e -> unreachable(peer, text(e));
      default ->
          cause(thrown, Phase.CONNECTING, peer).orElseGet(() -> unreachable(peer, text(thrown)));
    };
  }

  private static Failure waiting(Throwable thrown, String peer) {
    return thrown instanceof SSLException e ? tls(e) : cut(thrown, Phase.WAITING, peer);
  }

  private static Failure content(Throwable thrown, String peer) {
    return thrown instanceof EOFException
        ? new Failure.Truncated("the connection ended before the content did")
        : cut(thrown, Phase.CONTENT, peer);
  }

  private static Failure cut(Throwable thrown, Phase phase, String peer) {
    return cause(thrown, phase, peer)
        .orElseGet(() -> new Failure.Reset("the connection was cut" + detail(thrown)));
  }

  private static Optional<Failure> cause(Throwable thrown, Phase phase, String peer) {
    return Optional.ofNullable(thrown.getCause()).map(cause -> of(cause, phase, peer));
  }

  private static Failure unreachable(String peer, String why) {
    return new Failure.Connect("no connection to " + Redaction.of(peer) + ": " + why);
  }

  /** Maps an address that the rules of the program do not let pass. */
  static Failure forbidden(String peer, String why) {
    return new Failure.Connect("no connection to " + Redaction.of(peer) + ": " + why, true);
  }

  private static Failure noAddress(String peer) {
    return new Failure.Dns("no address for " + Redaction.of(peer));
  }

  /**
   * Maps a failed handshake. If the reason is not trust, for example a cut connection, it can
   * succeed later.
   */
  private static Failure tls(SSLException e) {
    boolean cut = e.getCause() instanceof IOException && !(e.getCause() instanceof SSLException);
    return cut && !isTrust(e)
        ? new Failure.Reset("the TLS handshake was cut: " + text(e))
        : new Failure.Tls("no trusted connection: " + complaint(innermost(e)));
  }

  private static boolean isTrust(Throwable thrown) {
    return thrown instanceof CertificateException
        || thrown instanceof CertPathValidatorException
        || (thrown.getCause() != null && isTrust(thrown.getCause()));
  }

  /**
   * Returns the innermost cause, which names the fault: expired, another host, or not issued by a
   * trusted authority.
   */
  private static Throwable innermost(Throwable thrown) {
    return thrown.getCause() == null ? thrown : innermost(thrown.getCause());
  }

  private static String complaint(Throwable thrown) {
    return switch (thrown) {
      case CertificateExpiredException ignored -> "the certificate has expired, " + text(thrown);
      case CertificateNotYetValidException ignored ->
          "the certificate is not valid yet, " + text(thrown);
      default -> text(thrown);
    };
  }

  /** Maps a response that Jetty throws: a proxy's refusal, or a broken response. */
  private static Failure response(HttpResponseException e) {
    Response answer = e.getResponse();
    Failure broken =
        protocol(
            e.getCause() instanceof HttpException cause
                ? cause.getReason()
                : "the response is malformed");
    if (answer == null) {
      return broken;
    }
    return HttpMethod.CONNECT.is(String.valueOf(answer.getRequest().getMethod()))
        ? new Failure.Http(
            answer.getStatus(),
            "the proxy refused the tunnel: "
                + Redaction.of(answer.getStatus() + " " + answer.getReason()),
            Optional.empty())
        : ResponseReader.notDecoded(answer)
            .<Failure>map(ResponseReader::notUnderstood)
            .orElse(broken);
  }

  private static Failure protocol(String reason) {
    return new Failure.Http(0, "broken HTTP: " + Redaction.of(reason), Optional.empty());
  }

  /** Leaves out the message of Jetty's EOFException, which is a dump of its connection. */
  private static String detail(Throwable thrown) {
    return thrown instanceof EOFException ? "" : ": " + text(thrown);
  }

  private static String text(Throwable thrown) {
    return Redaction.of(IoText.reason(thrown));
  }
}

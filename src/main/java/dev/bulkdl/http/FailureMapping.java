package dev.bulkdl.http;

import dev.bulkdl.model.Failure;
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

/** Maps what Jetty and the JDK throw to failures, by type and by how far the exchange had come. */
final class FailureMapping {

  /** How far an exchange has come. */
  enum Phase {
    CONNECTING,
    SENDING,
    WAITING,
    CONTENT
  }

  private FailureMapping() {}

  /**
   * @param peer whom the connection is for, a host or a proxy, as people are told
   */
  static Failure of(Throwable thrown, Phase phase, String peer) {
    return switch (thrown) {
      case UnknownHostException ignored -> noAddress(peer);
      case UnresolvedAddressException ignored -> noAddress(peer);
      case HttpException broken -> protocol(broken.getReason());
      case HttpResponseException refused -> response(refused);
      case AssertionError ignored -> protocol("nonsense"); // Jetty's own, while it reports such
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
      case TimeoutException ignored -> noAddress(peer); // the resolver's own
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

  private static Failure noAddress(String peer) {
    return new Failure.Dns("no address for " + Redaction.of(peer));
  }

  /**
   * A handshake that ends for another reason than trust, such as a cut connection, may succeed
   * later.
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

  /** It says which: expired, another host's, or issued by nobody who is trusted. */
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

  /** Jetty throws answers that it cannot hand out: a proxy's refusal, or a broken one. */
  private static Failure response(HttpResponseException e) {
    Response answer = e.getResponse();
    Failure broken =
        protocol(e.getCause() instanceof HttpException cause ? cause.getReason() : "nonsense");
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

  /** The message of Jetty's own EOFException is a dump of its connection. */
  private static String detail(Throwable thrown) {
    return thrown instanceof EOFException ? "" : ": " + text(thrown);
  }

  private static String text(Throwable thrown) {
    String message = thrown.getMessage();
    return Redaction.of(message == null ? thrown.getClass().getSimpleName() : message);
  }
}

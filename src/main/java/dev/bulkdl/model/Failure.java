package dev.bulkdl.model;

import dev.bulkdl.text.Redaction;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Why a file, or one attempt at it, failed. The cases are the classes of results.csv. The {@code
 * text} is for people: it contains no secret and no control character, and no code reads it.
 */
public sealed interface Failure {

  String text();

  /** The classes of results.csv. Their labels are a contract and never change. */
  enum Kind {
    DNS("dns"),
    CONNECT("connect"),
    TLS("tls"),
    TIMEOUT("timeout"),
    RESET("reset"),
    HTTP("http"),
    TRUNCATED("truncated"),
    RANGE("range"),
    CHANGED("changed"),
    CHECKSUM("checksum"),
    DISK("disk"),
    NAME("name"),
    EXISTS("exists"),
    CANCELLED("cancelled");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Returns the class as results.csv writes it. */
    public String label() {
      return label;
    }

    /** Returns the class with this label. */
    public static Optional<Kind> named(String label) {
      return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
  }

  /** Returns the class of this failure. */
  default Kind kind() {
    return switch (this) {
      case Dns ignored -> Kind.DNS;
      case Connect ignored -> Kind.CONNECT;
      case Tls ignored -> Kind.TLS;
      case Timeout ignored -> Kind.TIMEOUT;
      case Reset ignored -> Kind.RESET;
      case Http ignored -> Kind.HTTP;
      case Truncated ignored -> Kind.TRUNCATED;
      case Range ignored -> Kind.RANGE;
      case Changed ignored -> Kind.CHANGED;
      case Checksum ignored -> Kind.CHECKSUM;
      case Disk ignored -> Kind.DISK;
      case Name ignored -> Kind.NAME;
      case Exists ignored -> Kind.EXISTS;
      case Cancelled ignored -> Kind.CANCELLED;
    };
  }

  /** Returns the class as results.csv writes it. */
  default String label() {
    return kind().label();
  }

  /** Returns {@code class: text}, which is safe to show. */
  default String shown() {
    return Redaction.of(label() + ": " + text());
  }

  /** Returns true if the same request can succeed later. */
  default boolean isTransient() {
    return switch (this) {
      case Dns ignored -> true;
      case Connect connect -> !connect.forbidden();
      case Timeout ignored -> true;
      case Reset ignored -> true;
      case Truncated ignored -> true;
      case Http http -> http.isTransient();
      case Tls ignored -> false;
      case Range ignored -> false;
      case Changed changed -> changed.again();
      case Checksum ignored -> false;
      case Disk ignored -> false;
      case Name ignored -> false;
      case Exists ignored -> false;
      case Cancelled ignored -> false;
    };
  }

  /** Returns true if the cause is the network, not the server's response. */
  default boolean isNetwork() {
    return this instanceof Dns
        || (this instanceof Connect connect && !connect.forbidden())
        || this instanceof Timeout
        || this instanceof Reset;
  }

  /** The host's name has no address now. */
  record Dns(String text) implements Failure {}

  /**
   * No connection could be opened.
   *
   * @param forbidden whether the address may not be connected to, so that no later attempt can
   *     succeed
   */
  record Connect(String text, boolean forbidden) implements Failure {

    /** No connection could be opened now. */
    public Connect(String text) {
      this(text, false);
    }
  }

  /** No secure connection could be opened: the certificate, the host's name or the handshake. */
  record Tls(String text) implements Failure {}

  /** The server stayed silent, or sent too slowly, for longer than the settings allow. */
  record Timeout(String text) implements Failure {}

  /** The connection was cut. */
  record Reset(String text) implements Failure {}

  /**
   * A response without content: an error status, a redirect that is not followed, or broken HTTP.
   *
   * @param status the status code, 0 where the answer was not understood
   * @param retryAfter the wait that the server asked for, not yet clamped
   */
  record Http(int status, String text, Optional<Duration> retryAfter) implements Failure {

    /**
     * True for timeouts, overload and server errors; false for redirects, refusals and nonsense.
     */
    @Override
    public boolean isTransient() {
      return switch (status) {
        case 408, 421, 425, 429, 500, 502, 503, 504, 507, 509 -> true;
        default -> status >= 520 && status <= 530;
      };
    }

    /** Returns true if the server asks for fewer requests. */
    public boolean isThrottle() {
      return status == 429 || status == 503;
    }
  }

  /** The content ended before its announced length. */
  record Truncated(String text) implements Failure {}

  /** The server answers ranged requests wrongly. */
  record Range(String text) implements Failure {}

  /**
   * The remote file has changed, or is not the one that the manifest describes.
   *
   * @param again whether it changes all the time, so that a later run may find it at rest
   */
  record Changed(String text, boolean again) implements Failure {

    /** The file is not the one that the manifest describes. */
    public Changed(String text) {
      this(text, false);
    }
  }

  /** The content has another hash than the manifest gives. */
  record Checksum(String text) implements Failure {}

  /**
   * The local file system failed, or the stream or memory that receives the content.
   *
   * @param full whether it has no space left, so that other rows cannot succeed there either
   */
  record Disk(String text, boolean full) implements Failure {}

  /** The file name cannot be used here. */
  record Name(String text) implements Failure {}

  /** A file of another content has the final name. */
  record Exists(String text) implements Failure {}

  /** The run, or this file, was stopped. */
  record Cancelled(String text) implements Failure {}
}

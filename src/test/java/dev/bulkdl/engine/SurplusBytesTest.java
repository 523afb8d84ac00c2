package dev.bulkdl.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.NoProxy;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.Proxy;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.ProxyServer;
import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Step;
import dev.bulkdl.testkit.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server sends more than its answers hold: 63 files over 16 connections. None of them may get a
 * byte of it. A row fails only if the server never gives it a right answer.
 */
class SurplusBytesTest extends EngineFixture {
  private static final int FILES = 63;
  private static final String EVIL = "EVIL";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + EVIL;

  /** How the client reaches the server. */
  enum Way {
    PLAIN,
    TLS,
    PROXY,
    TUNNEL
  }

  /** What is sent in surplus. */
  enum Surplus {
    ANOTHER_ANSWER(ANSWER),
    BLANK_LINES_AND_AN_ANSWER("\r\n\r\n" + ANSWER),
    GARBAGE("EVIL is what this is\r\n\r\nEVIL"),
    ONE_BYTE("E"),
    A_BLANK_LINE("\r\n"),
    THE_BEGINNING_OF_AN_ANSWER("HTTP/1.1 200 OK\r\nX-More: ");

    private final String text;

    Surplus(String text) {
      this.text = text;
    }
  }

  /** When it is sent. */
  enum Moment {
    WITH_THE_ANSWER,

    /**
     * In a write of its own; with the last byte of the answer where it is like an answer, since it
     * could otherwise come after the next request. {@code ReusableConnectionTest} has it alone.
     */
    RIGHT_BEHIND_THE_ANSWER,
    BEHIND_THE_NEXT_REQUEST
  }

  /** What the server says to the n-th file, where n is the same of a number of kinds. */
  private enum Kind {
    SMALL,
    LARGE,
    CHUNKED,
    EMPTY,
    REDIRECT,
    RETRIED,
    NOT_FOUND,
    NO_CONTENT,
    NOT_MODIFIED;

    static Kind of(int file) {
      return values()[file % values().length];
    }

    long size() {
      return switch (this) {
        case LARGE -> 300 * KIB;
        case EMPTY -> 0;
        default -> 700;
      };
    }

    boolean hasContent() {
      return ordinal() < NOT_FOUND.ordinal();
    }
  }

  static Stream<Arguments> sentInSurplus() {
    return Stream.of(Way.values())
        .flatMap(
            way ->
                Stream.of(Surplus.values())
                    .flatMap(
                        surplus ->
                            Stream.of(Moment.values())
                                .filter(moment -> isToldApart(surplus, moment))
                                .map(moment -> Arguments.of(way, surplus, moment))));
  }

  private static boolean isToldApart(Surplus surplus, Moment moment) {
    return moment != Moment.BEHIND_THE_NEXT_REQUEST || !isLikeAnAnswer(surplus.text);
  }

  /** An answer, or its beginning, that comes after a request belongs to it for HTTP/1.1. */
  private static boolean isLikeAnAnswer(String surplus) {
    return surplus.contains("HTTP/1.1");
  }

  @ParameterizedTest
  @MethodSource
  void sentInSurplus(Way way, Surplus surplus, Moment moment) throws IOException {
    Wire wire = Wire.of(new Script(surplus.text, moment).forEver());
    boolean secure = way == Way.TLS || way == Way.TUNNEL;
    try (RawServer raw = secure ? RawServer.https(wire) : new RawServer(wire);
        ProxyServer tunnel = new ProxyServer(raw.port(), Optional.empty())) {
      settings = settings.with(http(way, way == Way.PROXY ? raw.port() : tunnel.port()));
      URI root =
          switch (way) {
            case PLAIN, TLS -> raw.uri("/");
            case PROXY -> URI.create("http://files.invalid/");
            case TUNNEL -> URI.create("https://localhost:9/");
          };
      check(run(IntStream.range(0, FILES).mapToObj(file -> row(root, file)).toList()));
    }
  }

  private static HttpSettings http(Way way, int proxy) {
    HttpSettings plain = new HttpSettings(List.of(), Optional.of(Certificate.authority()), false);
    if (way == Way.PLAIN || way == Way.TLS) {
      return plain;
    }
    Optional<Proxy> all = Optional.of(Proxy.parse("127.0.0.1:" + proxy));
    return plain.with(new Proxies(all, all, NoProxy.parse("")));
  }

  private static Download row(URI root, int file) {
    return Download.of(Integer.toString(file), root.resolve("/" + file));
  }

  private static Payload payload(int file) {
    return new Payload(file, Kind.of(file).size());
  }

  private void check(Result result) throws IOException {
    for (Result.File file : result.files()) {
      int number = Integer.parseInt(file.download().target().value());
      Kind kind = Kind.of(number);
      if (kind.hasContent()) {
        Outcome.Completed completed = completed(file.outcome());
        assertThat(completed.effort().attempts()).isBetween(1, kind == Kind.RETRIED ? 2 : 1);
        assertThat(payload(number).matches(out.resolve(Integer.toString(number)))).isTrue();
      } else {
        assertThat(failed(file.outcome())).isInstanceOf(Failure.Http.class);
      }
    }
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain(EVIL);
      }
    }
  }

  /** Answers all requests, with the surplus behind each answer or before each but the first. */
  private static final class Script {
    private final String surplus;
    private final Moment moment;
    private final Set<Integer> asked = ConcurrentHashMap.newKeySet();
    private final Set<Integer> connections = ConcurrentHashMap.newKeySet();

    Script(String surplus, Moment moment) {
      this.surplus = surplus;
      this.moment = moment;
    }

    Step forEver() {
      return new Step.Reply(this::steps);
    }

    private List<Step> steps(SeenRequest request) {
      boolean first = connections.add(request.connection());
      String path = request.path().replaceFirst("http://[^/]*", "").substring(1);
      String answer = answer(path);
      List<Step> steps = new ArrayList<>();
      switch (moment) {
        case WITH_THE_ANSWER -> steps.add(new Step.Say(answer + surplus));
        case RIGHT_BEHIND_THE_ANSWER -> {
          int end = answer.length() - (isLikeAnAnswer(surplus) ? 1 : 0);
          steps.add(new Step.Say(answer.substring(0, end)));
          steps.add(new Step.Say(answer.substring(end) + surplus));
        }
        case BEHIND_THE_NEXT_REQUEST -> {
          if (!first) {
            steps.add(new Step.Say(surplus));
          }
          steps.add(new Step.Say(answer));
        }
      }
      return steps;
    }

    private String answer(String path) {
      if (path.startsWith("moved/")) {
        return whole("200 OK", payload(Integer.parseInt(path.substring("moved/".length()))));
      }
      int file = Integer.parseInt(path);
      boolean first = asked.add(file);
      Payload payload = payload(file);
      return switch (Kind.of(file)) {
        case SMALL, LARGE, EMPTY -> whole("200 OK", payload);
        case CHUNKED -> chunked(payload);
        case REDIRECT -> whole("302 Found\r\nLocation: /moved/" + file, payload);
        case RETRIED -> whole(first ? "503 Service Unavailable" : "200 OK", payload);
        case NOT_FOUND -> whole("404 Not Found", payload);
        case NO_CONTENT -> "HTTP/1.1 204 No Content\r\n\r\n";
        case NOT_MODIFIED -> "HTTP/1.1 304 Not Modified\r\n\r\n";
      };
    }

    private static String whole(String status, Payload payload) {
      return "HTTP/1.1 %s\r\nETag: \"%d\"\r\nContent-Length: %d\r\n\r\n%s"
          .formatted(status, payload.seed(), payload.size(), text(payload));
    }

    private static String chunked(Payload payload) {
      return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
          .formatted(payload.size(), text(payload));
    }

    private static String text(Payload payload) {
      return new String(payload.bytes(), ISO_8859_1);
    }
  }
}

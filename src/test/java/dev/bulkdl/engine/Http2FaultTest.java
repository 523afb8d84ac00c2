package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.testkit.FrameServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults in the frames of HTTP/2. Each ends in the right file, if need be over HTTP/1.1. */
@ThisMachineIsFar
class Http2FaultTest extends EngineFixture {

  private static final int INTERNAL_ERROR = 2;
  private static final int REFUSED_STREAM = 7;
  private static final int HTTP_1_1_REQUIRED = 13;
  private static final Payload SMALL = new Payload(3, 5_000);

  @BeforeEach
  void trustTheServer() {
    trust();
    settings = settings.with(Limits.DEFAULTS);
    timeouts(Duration.ofSeconds(20), Duration.ofSeconds(2));
  }

  private static Arguments fault(String name, int attempts, FrameServer.Script script) {
    return Arguments.of(name, attempts, script);
  }

  /**
   * The largest number of attempts. It is 1 if the fault says nothing about the file, and 3 if the
   * file starts again, because the server has no ranges over HTTP/1.1.
   */
  static Stream<Arguments> faults() {
    return Stream.of(
        fault("none", 1, (reply, number) -> reply.good()),
        fault("REFUSED_STREAM", 1, firstly(reply -> reply.reset(REFUSED_STREAM))),
        fault("REFUSED_STREAM for ever", 1, (reply, number) -> reply.reset(REFUSED_STREAM)),
        fault("HTTP_1_1_REQUIRED", 1, (reply, number) -> reply.reset(HTTP_1_1_REQUIRED)),
        fault("GOAWAY before the answer", 1, firstly(reply -> reply.goAway(0))),
        fault("closed before the answer", 1, firstly(FrameServer.Reply::close)),
        fault("RST_STREAM before headers", 2, firstly(reply -> reply.reset(INTERNAL_ERROR))),
        fault(
            "RST_STREAM in mid-body",
            3,
            firstly(
                reply -> {
                  reply.head(SMALL.size());
                  reply.data(0, 1_000, false);
                  reply.reset(INTERNAL_ERROR);
                })),
        fault(
            "GOAWAY in mid-body",
            1,
            firstly(
                reply -> {
                  reply.head(SMALL.size());
                  reply.data(0, 1_000, false);
                  reply.goAway(reply.stream());
                  reply.data(1_000, 5_000, true);
                })),
        fault(
            "GOAWAY in mid-body, and cut",
            3,
            firstly(
                reply -> {
                  reply.head(SMALL.size());
                  reply.data(0, 1_000, false);
                  reply.goAway(reply.stream());
                  reply.close();
                })),
        fault("no headers at all, and no more data", 2, firstly(reply -> reply.head(5_000))),
        fault(
            "a stall in mid-body",
            3,
            firstly(
                reply -> {
                  reply.head(SMALL.size());
                  reply.data(0, 1_000, false);
                })),
        fault(
            "END_STREAM too early",
            3,
            firstly(
                reply -> {
                  reply.head(SMALL.size());
                  reply.data(0, 1_000, true);
                })),
        fault(
            "more content than the length",
            3,
            firstly(
                reply -> {
                  reply.head(SMALL.size());
                  reply.data(0, 5_000, false);
                  reply.surplus(1_000, true);
                })),
        fault("CONTINUATION for ever", 2, firstly(reply -> reply.continued(100))),
        fault("a bomb of headers", 2, firstly(reply -> reply.bomb(16_000))));
  }

  @FunctionalInterface
  private interface Fault {
    void send(FrameServer.Reply reply) throws java.io.IOException;
  }

  private static FrameServer.Script firstly(Fault fault) {
    return (reply, number) -> {
      if (number == 1) {
        fault.send(reply);
      } else {
        reply.good();
      }
    };
  }

  @ParameterizedTest(name = "{0}: {1} attempts")
  @MethodSource("faults")
  void theFileIsRight(String name, int attempts, FrameServer.Script script) {
    try (FrameServer frames = new FrameServer(SMALL, 0, script)) {
      Download file = sized(Download.of("a", frames.uri("/a")), SMALL.size());
      Outcome.Completed completed = completed(download(file));
      Trees.assertHolds(out, Map.of("a", SMALL));
      assertThat(completed.effort().attempts()).isLessThanOrEqualTo(attempts);
      assertThat(frames.http2Requests()).isGreaterThan(0);
    }
  }

  @Test
  void aServerWithFewStreamsGetsOneConnectionForEachFile() {
    try (FrameServer frames = new FrameServer(SMALL, 1, (reply, number) -> reply.good())) {
      List<Download> files =
          IntStream.range(0, 20)
              .mapToObj(i -> sized(Download.of("f" + i, frames.uri("/f" + i)), SMALL.size()))
              .toList();
      Result result = run(files);
      assertThat(result.files())
          .extracting(file -> file.outcome().effort().attempts())
          .containsOnly(1);
      assertThat(frames.http2Requests()).isLessThanOrEqualTo(2);
      assertThat(frames.http1Requests()).isGreaterThanOrEqualTo(18);
    }
  }
}

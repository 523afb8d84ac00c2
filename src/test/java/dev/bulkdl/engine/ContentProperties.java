package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Builders;
import dev.bulkdl.ContentFetcher;
import dev.bulkdl.engine.ContentFixture.Got;
import dev.bulkdl.engine.ContentFixture.Target;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a server does between the bytes, a target has a beginning of one version, or all. */
class ContentProperties {
  private static final int MOST_BYTES = 300_000;
  private static final AtomicInteger PATHS = new AtomicInteger();

  private static FaultServer server;
  private static ContentFetcher fetcher;

  @BeforeContainer
  static void open() throws IOException {
    server = FaultServer.http();
    Duration soon = Duration.ofMillis(1);
    Settings settings =
        Settings.in(Path.of("unused"))
            .with(Limits.FIXED)
            .with(RetrySettings.DEFAULTS.withRetries(30).withDelays(soon, soon));
    fetcher = Builders.fetcher(settings).open();
  }

  @AfterContainer
  static void close() {
    fetcher.close();
    server.close();
  }

  /**
   * What a server does.
   *
   * @param size of the first version; the second one has a byte more
   * @param cuts after how many bytes each answer is cut, in turn
   * @param changesAt the answer from which on there is a second version; none if negative
   * @param always faults of every answer
   */
  record Story(int size, List<Integer> cuts, int changesAt, List<Fault> always) {

    boolean changes() {
      return changesAt >= 0 && changesAt < cuts.size();
    }
  }

  @Provide
  Arbitrary<Story> stories() {
    Arbitrary<Integer> bytes = Arbitraries.integers().between(0, MOST_BYTES);
    Arbitrary<Fault> faults =
        Arbitraries.of(
            new Fault.NoRanges(),
            new Fault.Chunked(),
            new Fault.NoValidator(),
            new Fault.OnlyLastModified(),
            new Fault.ShortRange(50_000),
            new Fault.IgnoreIfRange());
    return Combinators.combine(
            bytes,
            bytes.list().ofMaxSize(6),
            Arbitraries.integers().between(-6, 5),
            faults.list().ofMaxSize(2))
        .as(Story::new);
  }

  @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
  void aTargetNeverHasAMixture(@ForAll("stories") Story story, @ForAll Target target) {
    String path = "/" + PATHS.incrementAndGet();
    Payload first = new Payload(1, story.size);
    Payload second = new Payload(2, story.size + 1);
    server.serve(path, first).always(path, story.always.toArray(Fault[]::new));
    server.with(path, script(story, second));
    Got got = target.fetch(fetcher, Download.of("f", server.uri(path)));
    if (got.outcome() instanceof Outcome.Completed completed) {
      assertThat(got.bytes()).isIn(first.bytes(), second.bytes());
      assertThat(completed.size()).isEqualTo(got.bytes().length);
      assertThat(story.changes() || completed.size() == first.size()).isTrue();
    } else {
      assertThat(mayFail(story, target) || hasAllOfUnknownLength(story, target, got))
          .as(got.outcome().toString())
          .isTrue();
      Payload of = got.bytes().length > first.size() ? second : first;
      assertThat(beginsWith(of, got.bytes()) || beginsWith(second, got.bytes())).isTrue();
      assertThat(got.outcome().effort().downloaded()).isEqualTo(got.bytes().length);
    }
  }

  private static Fault[] script(Story story, Payload second) {
    List<Fault> script = new ArrayList<>();
    for (int i = 0; i < story.cuts.size(); i++) {
      Fault cut = new Fault.CutAfter(story.cuts.get(i));
      boolean changes = i == story.changesAt;
      script.add(changes ? Fault.all(new Fault.ChangedTo(second), cut) : cut);
    }
    return script.toArray(Fault[]::new);
  }

  /** Memory always comes to its end. A stream fails only at a change or without a validator. */
  private static boolean mayFail(Story story, Target target) {
    return target.keeps() && (story.changes() || story.always.contains(new Fault.NoValidator()));
  }

  /**
   * The connection was cut after the last byte, before the end of the content was sent. The answer
   * to a request for the rest is 416, which has no validator, so it proves nothing.
   */
  private static boolean hasAllOfUnknownLength(Story story, Target target, Got got) {
    return target.keeps()
        && story.always.contains(new Fault.Chunked())
        && got.outcome().effort().downloaded() == story.size;
  }

  private static boolean beginsWith(Payload payload, byte[] bytes) {
    return bytes.length <= payload.size()
        && java.util.Arrays.equals(bytes, payload.bytes(0, bytes.length));
  }
}

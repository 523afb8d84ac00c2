package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.control.Cancellation;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.http.FetchRequest;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.transfer.SizeProbe.Length;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class SizeProbeTest {

  private final FakeRun run = new FakeRun();
  private final Closing body = new Closing();

  private Length ask(FetchResponse... answers) {
    return ask(OptionalLong.empty(), answers);
  }

  private Length compare(long here, FetchResponse... answers) {
    return ask(OptionalLong.of(here), answers);
  }

  private Length ask(OptionalLong here, FetchResponse... answers) {
    return ask(run.context(RetrySettings.DEFAULTS.withRetries(1)), here, answers);
  }

  private Length ask(TransferContext context, OptionalLong here, FetchResponse... answers) {
    run.answers.addAll(List.of(answers));
    Download download = Download.of("a", URI.create("http://h/a"));
    return new SizeProbe(
            context, download, new FileProgress(download, new LongAdder()), new Cancellation())
        .ask(here);
  }

  private static FetchResponse failed(int status) {
    return new FetchResponse.Failed(new Failure.Http(status, "", Optional.empty()), false);
  }

  @Test
  void asksForOneByte() {
    assertThat(ask(new FetchResponse.Part(Versions.strong(20), 0, 1, body)))
        .isEqualTo(new SizeProbe.Told(20, RangeSupport.SUPPORTED));
    assertThat(run.asked)
        .extracting(FetchRequest::range)
        .containsExactly(Optional.of(new ByteRange(0, 1)));
    assertThat(body.closed).isTrue();
  }

  @Test
  void readsTheLengthOfAWholeFileAndNotItsContent() {
    assertThat(ask(new FetchResponse.Whole(200, Versions.strong(20), false, body)))
        .isEqualTo(new SizeProbe.Told(20, RangeSupport.REFUSED));
    assertThat(body.closed).isTrue();
  }

  /** The file on the disk is encoded too. */
  @Test
  void takesTheLengthOfEncodedContent() {
    assertThat(ask(new FetchResponse.Whole(200, Versions.encoded(20), true, body)))
        .isEqualTo(new SizeProbe.Told(20, RangeSupport.UNKNOWN));
  }

  // With an existing file.

  private static FetchResponse described(long total, RangeSupport ranges) {
    return new FetchResponse.Described(200, Versions.strong(total), ranges);
  }

  private void assertAsked(String... requests) {
    assertThat(run.asked).extracting(FetchRequest::toString).containsExactly(requests);
  }

  @Test
  void headIsEnoughIfItAgreesWithTheFile() {
    assertThat(compare(20, described(20, RangeSupport.UNKNOWN)))
        .isEqualTo(new SizeProbe.Told(20, RangeSupport.UNKNOWN));
    assertAsked("HEAD all");
  }

  @Test
  void headThatDisagreesIsConfirmedByGet() {
    FetchResponse part = new FetchResponse.Part(Versions.strong(20), 0, 1, body);
    assertThat(compare(20, described(9, RangeSupport.SUPPORTED), part))
        .isEqualTo(new SizeProbe.Told(20, RangeSupport.SUPPORTED));
    assertAsked("HEAD all", "GET bytes=0-0");
  }

  @Test
  void headIsTrustedIfRangesAreMissing() {
    assertThat(compare(20, described(9, RangeSupport.REFUSED)))
        .isEqualTo(new SizeProbe.Told(9, RangeSupport.REFUSED));
    assertAsked("HEAD all");
  }

  @Test
  void aRefusedHeadIsFollowedByGet() {
    for (int status : new int[] {400, 403, 404, 405, 500, 501, 503}) {
      run.asked.clear();
      FetchResponse part = new FetchResponse.Part(Versions.strong(20), 0, 1, body);
      assertThat(compare(20, failed(status), part)).isInstanceOf(SizeProbe.Told.class);
      assertAsked("HEAD all", "GET bytes=0-0");
    }
  }

  @Test
  void anEmptyFileIsAskedForWithoutRange() {
    FetchResponse whole = new FetchResponse.Whole(200, Versions.strong(0), true, body);
    assertThat(compare(0, described(0, RangeSupport.SUPPORTED), whole))
        .isEqualTo(new SizeProbe.Told(0, RangeSupport.UNKNOWN));
    assertAsked("HEAD all", "GET all");
  }

  @Test
  void anEmptyLocalFileIsComparedWithARemoteOneByOneByte() {
    FetchResponse part = new FetchResponse.Part(Versions.strong(20), 0, 1, body);
    assertThat(compare(0, described(20, RangeSupport.SUPPORTED), part))
        .isEqualTo(new SizeProbe.Told(20, RangeSupport.SUPPORTED));
    assertAsked("HEAD all", "GET bytes=0-0");
  }

  @Test
  void anOriginWithoutRangesIsAskedByHeadLater() {
    TransferContext context = run.context(RetrySettings.DEFAULTS);
    FetchResponse whole = new FetchResponse.Whole(200, Versions.strong(20), false, body);
    ask(context, OptionalLong.empty(), whole);
    assertThat(ask(context, OptionalLong.empty(), described(30, RangeSupport.UNKNOWN)))
        .isEqualTo(new SizeProbe.Told(30, RangeSupport.REFUSED));
    assertAsked("GET bytes=0-0", "HEAD all");
  }

  @Test
  void anOriginWithoutHeadIsAskedForOneByteLater() {
    TransferContext context = run.context(RetrySettings.DEFAULTS);
    FetchResponse part = new FetchResponse.Part(Versions.strong(20), 0, 1, body);
    ask(context, OptionalLong.of(20), failed(405), part);
    ask(context, OptionalLong.of(20), part);
    assertAsked("HEAD all", "GET bytes=0-0", "GET bytes=0-0");
  }

  /** The file is perhaps deleted, so HEAD is not to blame. */
  @Test
  void aMissingFileDoesNotMarkTheOriginAsWithoutHead() {
    TransferContext context = run.context(RetrySettings.DEFAULTS);
    ask(context, OptionalLong.of(20), failed(404), failed(404));
    ask(context, OptionalLong.of(20), described(20, RangeSupport.SUPPORTED));
    assertAsked("HEAD all", "GET bytes=0-0", "HEAD all");
  }

  @Test
  void afterStatus400TheRangeIsLeftOut() {
    FetchResponse whole = new FetchResponse.Whole(200, Versions.strong(0), true, body);
    assertThat(ask(failed(400), whole)).isInstanceOf(SizeProbe.Told.class);
    assertAsked("GET bytes=0-0", "GET all");
  }

  @Test
  void theLengthCanBeUnknown() {
    assertThat(ask(new FetchResponse.Whole(200, Versions.none(-1), true, body)))
        .isEqualTo(new SizeProbe.Untold(RangeSupport.UNKNOWN));
  }

  @Test
  void anEmptyFileHasNoFirstByte() {
    assertThat(ask(new FetchResponse.Unsatisfiable(OptionalLong.of(0))))
        .isEqualTo(new SizeProbe.Told(0, RangeSupport.SUPPORTED));
  }

  @Test
  void asksWithoutRangeIfRangesAreBroken() {
    assertThat(
            ask(
                new FetchResponse.BrokenRange(""),
                new FetchResponse.Whole(200, Versions.strong(20), false, body)))
        .isInstanceOf(SizeProbe.Told.class);
    assertThat(run.asked.getLast().range()).isEmpty();
  }

  @Test
  void asksAgainAfterATransientFailure() {
    assertThat(ask(failed(503), new FetchResponse.Part(Versions.strong(20), 0, 1, body)))
        .isInstanceOf(SizeProbe.Told.class);
    assertThat(run.slept).hasSize(1);
  }

  @Test
  void givesUpAfterARefusal() {
    assertThat(ask(failed(404))).isInstanceOf(SizeProbe.Refused.class);
    assertThat(ask(failed(503), failed(503))).isInstanceOf(SizeProbe.Refused.class);
  }

  @Test
  void followsRedirectsAndRepeatsTheRequestOfAStaleConnection() {
    Length length =
        ask(
            new FetchResponse.Redirect(302, URI.create("http://other/b")),
            new FetchResponse.Failed(new Failure.Reset(""), true),
            new FetchResponse.Part(Versions.strong(20), 0, 1, body));
    assertThat(length).isInstanceOf(SizeProbe.Told.class);
    assertThat(run.asked)
        .extracting(get -> get.uri().toString())
        .containsExactly("http://h/a", "http://other/b", "http://other/b");
    assertThat(run.slept).isEmpty();
  }

  @Test
  void givesUpWithoutAUsefulResponse() {
    assertThat(ask(new FetchResponse.BrokenRange(""), new FetchResponse.BrokenRange("")))
        .isInstanceOf(SizeProbe.Refused.class);
    assertThat(
            ask(
                new FetchResponse.Unsatisfiable(OptionalLong.empty()),
                new FetchResponse.Unsatisfiable(OptionalLong.empty())))
        .isInstanceOf(SizeProbe.Refused.class);
  }

  @Test
  void aStaleConnectionDoesNotCountAndTheRequestUsesANewOne() {
    FetchResponse stale = new FetchResponse.Failed(new Failure.Reset(""), true);
    FetchResponse cut = new FetchResponse.Failed(new Failure.Reset(""), false);
    assertThat(ask(stale, cut, stale, cut)).isInstanceOf(SizeProbe.Refused.class);
    assertThat(run.slept).hasSize(1);
    assertThat(run.asked)
        .extracting(FetchRequest::over)
        .containsExactly(
            FetchRequest.Over.OWN,
            FetchRequest.Over.NEW,
            FetchRequest.Over.OWN,
            FetchRequest.Over.NEW);
  }

  @Test
  void aLoopOfRedirectsFailsAndIsShown() {
    Length length =
        ask(
            new FetchResponse.Redirect(302, URI.create("http://h/b")),
            new FetchResponse.Redirect(302, URI.create("http://h/a")));
    assertThat(length)
        .isInstanceOfSatisfying(
            SizeProbe.Refused.class,
            refused ->
                assertThat(refused.failure().text()).contains("loop", "http://h/a -> http://h/b"));
  }

  private static final class Closing implements BodyChannel {
    private boolean closed;

    @Override
    public ByteBuffer lend() {
      throw new AssertionError("content is read");
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

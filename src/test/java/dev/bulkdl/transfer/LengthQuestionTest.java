package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.http.Answer;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.http.Get;
import dev.bulkdl.model.BodyChannel;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Patience;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.transfer.LengthQuestion.Length;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class LengthQuestionTest {

  private final FakeRun run = new FakeRun();
  private final Closing body = new Closing();

  private Length ask(Answer... answers) {
    return ask(OptionalLong.empty(), answers);
  }

  private Length compare(long here, Answer... answers) {
    return ask(OptionalLong.of(here), answers);
  }

  private Length ask(OptionalLong here, Answer... answers) {
    return ask(run.context(Patience.DEFAULTS.withRetries(1)), here, answers);
  }

  private Length ask(TransferContext context, OptionalLong here, Answer... answers) {
    run.answers.addAll(List.of(answers));
    Download download = Download.of("a", URI.create("http://h/a"));
    return new LengthQuestion(
            context, download, new FileProgress(download, new LongAdder()), new Cancellation())
        .ask(here);
  }

  private static Answer failed(int status) {
    return new Answer.Failed(new Failure.Http(status, "", Optional.empty()), false);
  }

  @Test
  void asksForOneByte() {
    assertThat(ask(new Answer.Part(Versions.strong(20), 0, 1, body)))
        .isEqualTo(new LengthQuestion.Told(20, RangeSupport.SUPPORTED));
    assertThat(run.asked).extracting(Get::range).containsExactly(Optional.of(new ByteRange(0, 1)));
    assertThat(body.closed).isTrue();
  }

  @Test
  void takesTheLengthOfAWholeFileAndLeavesTheContentAlone() {
    assertThat(ask(new Answer.Whole(200, Versions.strong(20), false, body)))
        .isEqualTo(new LengthQuestion.Told(20, RangeSupport.REFUSED));
    assertThat(body.closed).isTrue();
  }

  /** What is on the disk is encoded too. */
  @Test
  void takesTheLengthOfEncodedContent() {
    assertThat(ask(new Answer.Whole(200, Versions.encoded(20), true, body)))
        .isEqualTo(new LengthQuestion.Told(20, RangeSupport.UNKNOWN));
  }

  // With a file to compare with.

  private static Answer described(long total, RangeSupport ranges) {
    return new Answer.Described(200, Versions.strong(total), ranges);
  }

  private void assertAsked(String... requests) {
    assertThat(run.asked).extracting(Get::toString).containsExactly(requests);
  }

  @Test
  void headIsEnoughWhereItAgreesWithTheFile() {
    assertThat(compare(20, described(20, RangeSupport.UNKNOWN)))
        .isEqualTo(new LengthQuestion.Told(20, RangeSupport.UNKNOWN));
    assertAsked("HEAD all");
  }

  @Test
  void headDecidesNothingAloneWhereItDisagrees() {
    Answer part = new Answer.Part(Versions.strong(20), 0, 1, body);
    assertThat(compare(20, described(9, RangeSupport.SUPPORTED), part))
        .isEqualTo(new LengthQuestion.Told(20, RangeSupport.SUPPORTED));
    assertAsked("HEAD all", "GET bytes=0-0");
  }

  @Test
  void headIsBelievedWhereRangesAreKnownToBeMissing() {
    assertThat(compare(20, described(9, RangeSupport.REFUSED)))
        .isEqualTo(new LengthQuestion.Told(9, RangeSupport.REFUSED));
    assertAsked("HEAD all");
  }

  @Test
  void aRefusalOfHeadIsNoAnswer() {
    for (int status : new int[] {400, 403, 404, 405, 500, 501, 503}) {
      run.asked.clear();
      Answer part = new Answer.Part(Versions.strong(20), 0, 1, body);
      assertThat(compare(20, failed(status), part)).isInstanceOf(LengthQuestion.Told.class);
      assertAsked("HEAD all", "GET bytes=0-0");
    }
  }

  @Test
  void anEmptyFileIsAskedForWithoutRange() {
    Answer whole = new Answer.Whole(200, Versions.strong(0), true, body);
    assertThat(compare(0, described(0, RangeSupport.SUPPORTED), whole))
        .isEqualTo(new LengthQuestion.Told(0, RangeSupport.UNKNOWN));
    assertAsked("HEAD all", "GET all");
  }

  @Test
  void anEmptyFileInPlaceOfOneThatIsNotEmptyIsComparedByOneByte() {
    Answer part = new Answer.Part(Versions.strong(20), 0, 1, body);
    assertThat(compare(0, described(20, RangeSupport.SUPPORTED), part))
        .isEqualTo(new LengthQuestion.Told(20, RangeSupport.SUPPORTED));
    assertAsked("HEAD all", "GET bytes=0-0");
  }

  @Test
  void anOriginThatSentTheWholeInPlaceOfARangeIsAskedByHeadFromThenOn() {
    TransferContext context = run.context(Patience.DEFAULTS);
    Answer whole = new Answer.Whole(200, Versions.strong(20), false, body);
    ask(context, OptionalLong.empty(), whole);
    assertThat(ask(context, OptionalLong.empty(), described(30, RangeSupport.UNKNOWN)))
        .isEqualTo(new LengthQuestion.Told(30, RangeSupport.REFUSED));
    assertAsked("GET bytes=0-0", "HEAD all");
  }

  @Test
  void anOriginThatRefusedHeadIsAskedForOneByteFromThenOn() {
    TransferContext context = run.context(Patience.DEFAULTS);
    Answer part = new Answer.Part(Versions.strong(20), 0, 1, body);
    ask(context, OptionalLong.of(20), failed(405), part);
    ask(context, OptionalLong.of(20), part);
    assertAsked("HEAD all", "GET bytes=0-0", "GET bytes=0-0");
  }

  /** The file may be gone: HEAD is not to blame. */
  @Test
  void aFileThatIsGoneDoesNotSpeakAgainstHead() {
    TransferContext context = run.context(Patience.DEFAULTS);
    ask(context, OptionalLong.of(20), failed(404), failed(404));
    ask(context, OptionalLong.of(20), described(20, RangeSupport.SUPPORTED));
    assertAsked("HEAD all", "GET bytes=0-0", "HEAD all");
  }

  @Test
  void aRangeThatIsABadRequestIsLeftOut() {
    Answer whole = new Answer.Whole(200, Versions.strong(0), true, body);
    assertThat(ask(failed(400), whole)).isInstanceOf(LengthQuestion.Told.class);
    assertAsked("GET bytes=0-0", "GET all");
  }

  @Test
  void mayNotBeTold() {
    assertThat(ask(new Answer.Whole(200, Versions.none(-1), true, body)))
        .isEqualTo(new LengthQuestion.Untold(RangeSupport.UNKNOWN));
  }

  @Test
  void anEmptyFileHasNoFirstByte() {
    assertThat(ask(new Answer.Unsatisfiable(OptionalLong.of(0))))
        .isEqualTo(new LengthQuestion.Told(0, RangeSupport.SUPPORTED));
  }

  @Test
  void asksWithoutRangeWhereRangesAreBroken() {
    assertThat(
            ask(
                new Answer.BrokenRange(""),
                new Answer.Whole(200, Versions.strong(20), false, body)))
        .isInstanceOf(LengthQuestion.Told.class);
    assertThat(run.asked.getLast().range()).isEmpty();
  }

  @Test
  void asksAgainAfterAFailureThatMayPass() {
    assertThat(ask(failed(503), new Answer.Part(Versions.strong(20), 0, 1, body)))
        .isInstanceOf(LengthQuestion.Told.class);
    assertThat(run.slept).hasSize(1);
  }

  @Test
  void givesUpWhereItIsRefused() {
    assertThat(ask(failed(404))).isInstanceOf(LengthQuestion.Refused.class);
    assertThat(ask(failed(503), failed(503))).isInstanceOf(LengthQuestion.Refused.class);
  }

  @Test
  void followsRedirectsAndRepeatsWhatAStaleConnectionLost() {
    Length length =
        ask(
            new Answer.Redirect(302, URI.create("http://other/b")),
            new Answer.Failed(new Failure.Reset(""), true),
            new Answer.Part(Versions.strong(20), 0, 1, body));
    assertThat(length).isInstanceOf(LengthQuestion.Told.class);
    assertThat(run.asked)
        .extracting(get -> get.uri().toString())
        .containsExactly("http://h/a", "http://other/b", "http://other/b");
    assertThat(run.slept).isEmpty();
  }

  @Test
  void givesUpWhereNoAnswerMakesSense() {
    assertThat(ask(new Answer.BrokenRange(""), new Answer.BrokenRange("")))
        .isInstanceOf(LengthQuestion.Refused.class);
    assertThat(
            ask(
                new Answer.Unsatisfiable(OptionalLong.empty()),
                new Answer.Unsatisfiable(OptionalLong.empty())))
        .isInstanceOf(LengthQuestion.Refused.class);
  }

  @Test
  void aStaleConnectionIsFreeOnce() {
    Answer stale = new Answer.Failed(new Failure.Reset(""), true);
    assertThat(ask(stale, stale, stale, stale)).isInstanceOf(LengthQuestion.Refused.class);
    assertThat(run.slept).hasSize(1);
  }

  @Test
  void aLoopOfRedirectsIsAFailureThatShowsIt() {
    Length length =
        ask(
            new Answer.Redirect(302, URI.create("http://h/b")),
            new Answer.Redirect(302, URI.create("http://h/a")));
    assertThat(length)
        .isInstanceOfSatisfying(
            LengthQuestion.Refused.class,
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

package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that are overwritten in place while they are sent: a request at the end finds it out. They
 * are of a size from which on it is always asked.
 */
class OverwrittenTest extends EngineFixture {
  private static final int MIB = 1 << 20;
  private static final Payload LARGE = new Payload(1, 16 * MIB);
  private static final Payload OTHER = new Payload(2, 16 * MIB);
  private static final Fault OVERWRITTEN = new Fault.OverwrittenAfter(8 * MIB, OTHER);

  @BeforeEach
  void serveLarge() {
    server.serve("/a", LARGE);
  }

  private List<SeenRequest> heads() {
    return allAsked().stream().filter(SeenRequest::isHead).toList();
  }

  private static boolean isQuestion(SeenRequest request) {
    return request.range().equals(Optional.of("bytes=0-0"));
  }

  private static boolean isContent(SeenRequest request) {
    return request.isGet() && !isQuestion(request);
  }

  private void assertRestartedBecauseOfTheCheck() {
    assertThat(watch.seen(TransferEvent.Restarted.class))
        .singleElement()
        .satisfies(
            restart ->
                assertThat(restart.reason())
                    .isEqualTo(
                        "the remote file changed during the download: now its ETag is another one"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_FRESH", "ONE_RESUMED"})
  void aMixtureIsFetchedAgain(Shape shape) {
    prepare(shape);
    server.with("/a", OVERWRITTEN);
    Outcome.Completed outcome = completed(download(a()), OTHER, Proof.ETAG);
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(outcome.effort().discarded()).isEqualTo(LARGE.size());
    assertRestartedBecauseOfTheCheck();
  }

  /** All connections have their answers when the file changes: no later one tells. */
  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"FOUR_FRESH", "FOUR_RESUMED"})
  void aMixtureOfFourConnectionsIsFetchedAgain(Shape shape) {
    prepare(shape);
    server.mend("/a");
    Gate gate = new Gate();
    Fault stall = new Fault.Stall(64 * KIB, gate);
    server.with("/a", OverwrittenTest::isContent, stall, stall, stall, stall);
    Result result =
        steered(
            List.of(a()),
            run -> {
              gate.awaitArrivals(4);
              server.serve("/a", OTHER);
              gate.open();
            });
    completed(result.files().getFirst().outcome(), OTHER, Proof.ETAG);
    assertThat(watch.seen(TransferEvent.Restarted.class)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void oneHeadIsAskedAtTheEndOfALargeFile(Shape shape) {
    prepare(shape);
    completed(download(a()), LARGE, Proof.ETAG);
    assertThat(heads()).hasSize(1);
    assertThat(allAsked().getLast().isHead()).isTrue();
    assertThat(allAsked()).noneMatch(OverwrittenTest::isQuestion);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void nothingIsAskedAtTheEndOfAFileWithAHash(Shape shape) {
    Download file = a().withChecksums(List.of(Checksum.parse("sha256:" + LARGE.sha256())));
    prepare(shape, file);
    completed(download(file), LARGE, Proof.SHA256);
    assertThat(heads()).isEmpty();
  }

  @Test
  void whereHeadIsRefusedOneByteTells() {
    server.always("/a", new Fault.HeadNotAllowed()).with("/a", OVERWRITTEN);
    completed(download(a()), OTHER, Proof.ETAG);
    assertRestartedBecauseOfTheCheck();
    assertThat(heads()).hasSize(1); // the second check leaves it out
  }

  @Test
  void aWrongHeadDoesNotMakeAFileFetchedAgain() {
    server.always("/a", new Fault.HeadLies(9));
    completed(download(a()), LARGE, Proof.ETAG);
    assertThat(watch.seen(TransferEvent.Restarted.class)).isEmpty();
    assertThat(allAsked()).hasSize(3);
  }

  @Test
  void aServerThatAnswersNothingUsefulDoesNotFailTheFile() {
    server.always("/a", SeenRequest::isHead, new Fault.Status(503));
    server.always("/a", OverwrittenTest::isQuestion, new Fault.Status(503));
    Outcome.Completed outcome = completed(download(a()), LARGE, Proof.ETAG);
    assertThat(outcome.effort().attempts()).isEqualTo(1);
    assertThat(watch.seen(TransferEvent.Retrying.class)).isEmpty();
  }

  /** The session is over, say: what came before is right. */
  @Test
  void aLoginPageAtTheEndSaysNothingOfTheFile() {
    server.always("/a", request -> !isContent(request), new Fault.LoginPage());
    completed(download(a()), LARGE, Proof.ETAG);
    assertThat(watch.seen(TransferEvent.Restarted.class)).isEmpty();
  }

  @Test
  void nothingIsAskedWhereNoAnswerCouldBeCompared() {
    server.always("/a", new Fault.NoValidator(), new Fault.NoRanges(), new Fault.Chunked());
    completed(download(a()), LARGE, Proof.NONE);
    assertThat(allAsked()).hasSize(1);
  }

  /** The length alone can be compared too. */
  @Test
  void aFileWithoutValidatorIsAskedForItsLength() {
    server.always("/a", new Fault.NoValidator());
    completed(download(a()), LARGE, Proof.LENGTH);
    assertThat(heads()).hasSize(1);
  }

  @Test
  void aTagThatIsNeverTheSameSaysNothingOfTheFile() {
    server.always("/a", new Fault.EtagPerRequest());
    completed(download(a()), LARGE, Proof.ETAG);
    assertThat(watch.seen(TransferEvent.Restarted.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aTagOfEachNodeEndsWell(Shape shape) {
    prepare(shape);
    server.always("/a", new Fault.EtagPerNode(2));
    Outcome.Completed outcome = completed(download(a()));
    assertThat(outcome.proof()).isIn(Proof.ETAG, Proof.LENGTH);
    Trees.assertHolds(out, "a", LARGE);
  }

  @Test
  void aFileThatChangesAllTheTimeIsLeftForAnotherRun() {
    server.with(
        "/a",
        OverwrittenTest::isContent,
        OVERWRITTEN,
        new Fault.OverwrittenAfter(8 * MIB, new Payload(3, 16 * MIB)),
        new Fault.OverwrittenAfter(8 * MIB, new Payload(4, 16 * MIB)));
    Result result = run(List.of(a()));
    Failure failure = failed(result.files().getFirst().outcome());
    assertThat(failure).isInstanceOf(Failure.Changed.class);
    assertThat(failure.text()).contains("changed during each of 3 downloads", "run again");
    assertThat(report().exitCode()).isEqualTo(3);
    assertThat(Trees.names(out)).isEmpty();
    completed(download(a()), new Payload(4, 16 * MIB), Proof.ETAG);
  }

  @Test
  void aStopWhileItIsAskedKeepsWhatIsThere() {
    Gate gate = new Gate();
    server.with("/a", SeenRequest::isHead, new Fault.HoldBefore(gate));
    Result stopped =
        steered(
            List.of(a()),
            run -> {
              gate.awaitArrivals(1);
              run.stop();
            });
    gate.open();
    assertThat(stopped.files().getFirst().outcome()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(part(a())).hasSize(LARGE.size());
    Outcome.Completed outcome = completed(download(a()), LARGE, Proof.ETAG);
    assertThat(outcome.effort().downloaded()).isEqualTo(1);
  }

  /** Its last request does not wait until all other files have begun. */
  @Test
  void aCompleteFileIsConfirmedBeforeTheQueueIsEmpty() {
    settings = settings.with(settings.limits().withMaxFiles(1));
    List<Download> rows = new ArrayList<>(List.of(a()));
    for (int i = 0; i < 30; i++) {
      server.serve("/small" + i, PAYLOAD);
      rows.add(file("/small" + i));
    }
    run(rows);
    List<String> order = allAsked().stream().map(r -> r.method() + " " + r.path()).toList();
    assertThat(order).contains("HEAD /a");
    long begunBefore =
        order.subList(order.indexOf("GET /a"), order.indexOf("HEAD /a")).stream()
            .filter(request -> request.startsWith("GET /small"))
            .count();
    assertThat(begunBefore).isLessThanOrEqualTo(3);
  }
}

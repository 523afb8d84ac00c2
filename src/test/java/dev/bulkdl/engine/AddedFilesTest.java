package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.Result;
import dev.bulkdl.Run;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files are added to a run under way. */
class AddedFilesTest extends EngineFixture {

  private final Gate gate = new Gate();

  private Download named(String name) {
    return Download.of(name, server.uri("/a"));
  }

  @Test
  void theyAreDownloadedAndTheTotalsGrow() {
    server.serve("/b", PAYLOAD).always("/b", new Fault.HoldBefore(gate));
    Result result =
        steered(
            List.of(file("/b")),
            run -> {
              gate.awaitArrivals(1);
              Download sized = sized(named("second"), PAYLOAD.size());
              assertThat(run.add(List.of(named("first"), sized))).isTrue();
              watch.awaitProgress(shown -> shown.files() == 3 && shown.completed() == 2);
              assertThat(run.add(List.of(named("third")))).isTrue();
              watch.awaitProgress(shown -> shown.files() == 4 && shown.completed() == 3);
              gate.open();
            });
    assertNothingWasLost(result);
    assertThat(result.counts().total()).isEqualTo(4);
    assertThat(report().files().total()).isEqualTo(4);
  }

  /** Missing bytes of files that wait are expected. */
  @Test
  void theirBytesAreExpected() {
    settings = settings.with(settings.limits().withMaxFiles(1));
    server.always("/a", new Fault.HoldBefore(gate));
    Download held = sized(a(), PAYLOAD.size());
    steered(
        List.of(held),
        run -> {
          gate.awaitArrivals(1);
          run.add(List.of(sized(named("b"), PAYLOAD.size())));
          watch.awaitProgress(shown -> shown.expected() == 2 * PAYLOAD.size());
          gate.open();
        });
    assertThat(report().exitCode()).isZero();
  }

  /** At once after the start, too, and to a run that has no file yet. */
  @Test
  void aRunCanBeginWithFew() {
    List<Download> more = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      more.add(named("m" + i));
    }
    server.always("/a", request -> request.order() == 1, new Fault.HoldBefore(gate));
    Result result =
        steered(
            List.of(a()),
            run -> {
              assertThat(run.add(more)).isTrue();
              gate.open();
            });
    assertThat(result.counts().completed()).isEqualTo(51);
  }

  @Test
  void aSecondFileOfTheSameTargetIsRefused() {
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            List.of(a()),
            run -> {
              gate.awaitArrivals(1);
              refused(run, List.of(named("new"), a()), "the run has a file a already");
              refused(run, List.of(named("x"), named("x")), "the run has a file x already");
              assertThat(run.add(List.of(named("new")))).isTrue();
              refused(run, List.of(named("new")), "the run has a file new already");
              gate.open();
            });
    assertThat(result.counts().total()).isEqualTo(2);
    assertNothingWasLost(result);
  }

  private static void refused(Run run, List<Download> files, String why) {
    assertThatThrownBy(() -> run.add(files))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  /** A credential would go to one of two origins, as at the start of a run. */
  @Test
  void aCredentialWithoutAHostForbidsAnotherOrigin() {
    headers(List.of(Map.entry("Authorization", "Bearer secret")));
    server.always("/a", new Fault.HoldBefore(gate));
    URI other = URI.create(server.uri("/a").toString().replace("127.0.0.1", "localhost"));
    steered(
        List.of(a()),
        run -> {
          gate.awaitArrivals(1);
          refused(run, List.of(Download.of("other", other)), "Authorization is a credential");
          assertThat(run.add(List.of(named("same")))).isTrue();
          gate.open();
        });
    assertThat(server.requests()).allMatch(request -> request.header("Authorization").isPresent());
  }

  @Test
  void aRunThatHasEndedTakesNone() throws IOException {
    Run run = downloader().start(List.of(a()));
    run.await();
    assertThat(run.add(List.of(named("b")))).isFalse();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aRunThatIsStoppedTakesNone() {
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            List.of(a()),
            run -> {
              gate.awaitArrivals(1);
              assertThat(run.add(List.of(named("b")))).isTrue();
              run.stop();
              assertThat(run.add(List.of(named("c")))).isFalse();
            });
    assertThat(result.files()).hasSize(2);
    assertThat(result.files()).allMatch(file -> file.outcome() instanceof Outcome.Cancelled);
  }
}

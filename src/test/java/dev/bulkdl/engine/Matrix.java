package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.report.ResultsCsv;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Tables of what servers do and what a run then comes to: its outcome and exit code, the content,
 * what is left on disk, the row of results.csv, and the requests. A new case is one row.
 */
abstract class Matrix extends EngineFixture {
  static final End ETAG = new Whole(Proof.ETAG);
  static final End NO_PROOF = new Whole(Proof.NONE);
  private static final int MOST_REQUESTS = 60;

  /**
   * What a server does.
   *
   * @param number in the list of cases
   */
  record Case(int number, String name, Consumer<FaultServer> faults, End end) {
    static Case once(int number, String name, Fault fault, End end) {
      return once(number, name, request -> true, fault, end);
    }

    static Case once(int number, String name, Predicate<SeenRequest> which, Fault fault, End end) {
      return new Case(number, name + ", once", server -> server.with("/a", which, fault), end);
    }

    static Case always(int number, String name, Fault fault, End end) {
      return always(number, name, request -> true, fault, end);
    }

    static Case always(
        int number, String name, Predicate<SeenRequest> which, Fault fault, End end) {
      return new Case(number, name + ", always", server -> server.always("/a", which, fault), end);
    }

    @Override
    public String toString() {
      return "case " + number + ": " + name;
    }
  }

  /** What the run comes to. */
  sealed interface End {
    /** A failure that may pass. */
    static End passing(String failure) {
      return new Fails(failure, 3);
    }

    /** A failure for good. */
    static End lasting(String failure) {
      return new Fails(failure, 1);
    }
  }

  /** The file is there, proven so. */
  record Whole(Proof proof) implements End {}

  record Fails(String failure, int exit) implements End {}

  static boolean isRest(SeenRequest request) {
    return request.start() > 0;
  }

  static Stream<Arguments> shaped(List<Case> cases) {
    return cases.stream()
        .flatMap(each -> Stream.of(Shape.values()).map(shape -> arguments(each, shape)));
  }

  /** Returns what the server holds at {@code /a}. */
  Payload content() {
    return PAYLOAD;
  }

  /** Runs the case and holds it to its end. */
  void check(Case now, Shape shape) {
    check(now, shape, () -> {});
  }

  /**
   * @param settings changes them for the measured run
   */
  void check(Case now, Shape shape, Runnable settings) {
    Download file = a();
    prepare(shape, file);
    Settings usual = this.settings;
    settings.run();
    retries(now.end instanceof Whole ? 10 : 1);
    now.faults.accept(server);
    RunReport report = report(file);
    Outcome outcome = watch.seen(TransferEvent.FileEnded.class).getLast().outcome();
    Map<String, String> row = resultsRow();
    assertThat(row)
        .containsEntry("filename", "a")
        .containsEntry("url", file.source().toString())
        .containsEntry("status", outcome.status())
        .containsEntry("attempts", Integer.toString(outcome.effort().attempts()))
        .containsEntry("segments", Integer.toString(outcome.effort().segments()));
    assertThat(outcome.effort().segments()).isBetween(1, shape.segments);
    assertThat(asked().size()).isLessThan(MOST_REQUESTS);
    switch (now.end) {
      case Whole whole -> {
        completed(outcome, content(), whole.proof);
        assertThat(report.exitCode()).isZero();
        assertThat(row)
            .containsEntry("size", Long.toString(content().size()))
            .containsEntry("proof", whole.proof.label())
            .containsEntry("error", "");
      }
      case Fails fails -> {
        assertThat(failed(outcome).label()).isEqualTo(fails.failure);
        assertThat(report.exitCode()).isEqualTo(fails.exit);
        assertThat(row.get("error")).startsWith(fails.failure + ": ");
        assertThat(Trees.names(out)).isSubsetOf("a.part", "a.part.journal");
        assertARunLaterSucceeds(file, usual);
      }
    }
  }

  /** Whatever the failure left is nothing that spoils the file. */
  private void assertARunLaterSucceeds(Download file, Settings usual) {
    server.mend("/a").up();
    settings = usual;
    retries(3);
    completed(download(file));
    Trees.assertHolds(out, "a", content());
  }

  private RunReport report(Download file) {
    try (Session session = open();
        ResultsCsv results = ResultsCsv.create(session.ownFolder(), List.of())) {
      return session.run(Session.Work.of(List.of(file)), List.of(results));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> resultsRow() {
    try {
      List<String> lines = Files.readAllLines(out.resolve(".bulkdl/" + ResultsCsv.FILE_NAME));
      String[] names = lines.getFirst().split(",", -1);
      String[] cells = lines.getLast().replace("\"", "").split(",", names.length);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], cells[i]);
      }
      return row;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

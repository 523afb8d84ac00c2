package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.Run;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Polling;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.disk.DiskFileSystem;
import dev.bulkdl.testkit.disk.Hook;
import dev.bulkdl.testkit.disk.Operation;
import dev.bulkdl.testkit.disk.TwoStores;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another program changes the partial file in mid-run: it never gets the final name. */
class TamperingTest extends EngineFixture {

  private static final Payload SMALL = new Payload(7, 5_000);
  private static final long SOME = 64 * KIB;
  private static final String MESSAGE = "another program changed the partial file";

  /** What others do to a partial file. */
  /** What each further connection of a split file brings before the deed, in bytes. */
  private static final long OF_OTHERS = 32 * KIB;

  private enum Deed {
    CUT_TO_NOTHING(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        cut(part, 0);
      }
    },
    CUT_TO_HALF(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        cut(part, Files.size(part) / 2);
      }
    },
    CUT_BY_A_BYTE(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        cut(part, Files.size(part) - 1);
      }
    },
    MADE_LONGER(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        cut(part, 4 * PAYLOAD.size());
      }
    },
    REPLACED(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        Files.copy(foreign, part, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    REPLACED_BY_A_MOVE(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        Path twin = Files.copy(foreign, foreign.resolveSibling("twin"));
        Files.move(twin, part, StandardCopyOption.ATOMIC_MOVE);
      }
    },
    REPLACED_BY_A_LINK(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        Files.delete(part);
        Files.createSymbolicLink(part, foreign);
      }
    },
    REPLACED_BY_A_SECOND_NAME(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        Files.delete(part);
        Files.createLink(part, foreign);
      }
    },
    REPLACED_BY_A_FOLDER(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        Files.delete(part);
        Files.createDirectory(part);
      }
    },
    REMOVED(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        Files.delete(part);
      }
    },
    GIVEN_A_SECOND_NAME(true) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        Files.createLink(foreign.resolveSibling("second"), part);
      }
    },
    JOURNAL_REMOVED(false) {
      @Override
      void to(Path part, Path foreign) throws IOException {
        Files.deleteIfExists(part.resolveSibling(part.getFileName() + ".journal"));
      }
    };

    final boolean harms;

    Deed(boolean harms) {
      this.harms = harms;
    }

    /**
     * Does it.
     *
     * @param foreign a file of the size that the part will have, of other bytes
     */
    abstract void to(Path part, Path foreign) throws IOException;

    static void cut(Path part, long size) throws IOException {
      try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
        file.setLength(size);
      }
    }
  }

  private final Gate gate = new Gate();
  private Path elsewhere;

  private Path foreign(Payload like) throws IOException {
    elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
    Path file = elsewhere.resolve("foreign");
    new Payload(99, like.size()).writeTo(file);
    return file;
  }

  /** The deed is done while the server holds back the rest of what it sends. */
  private Outcome tampered(Download file, int connections, long bytes, Payload payload, Deed deed)
      throws IOException {
    Path foreign = foreign(payload);
    Result result =
        steered(
            List.of(file),
            run -> {
              gate.awaitArrivals(connections);
              Polling.await("the part", () -> sizeOf(part(file)), size -> size >= bytes);
              awaitWritten(run, bytes + (connections - 1L) * OF_OTHERS, connections);
              deed.to(part(file), foreign);
              gate.open();
            });
    server.mend(file.source().getPath());
    return result.files().getFirst().outcome();
  }

  /**
   * Waits until no write is under way: a cut between a write's look at the size and the write
   * itself cannot be seen. The size of a split file does not tell.
   */
  private static void awaitWritten(Run run, long bytes, int connections) {
    if (connections > 1) {
      Polling.await("the writes", () -> run.progress().received(), seen -> seen >= bytes);
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  private void assertNeverPublished(Download file, Payload payload, Deed deed, Outcome outcome)
      throws IOException {
    Path foreign = elsewhere.resolve("foreign");
    assertThat(new Payload(99, payload.size()).matches(foreign)).as("the foreign file").isTrue();
    Path target = out.resolve(file.target().value());
    if (!deed.harms) {
      completed(outcome);
      assertThat(payload.matches(target)).isTrue();
      return;
    }
    assertThat(failed(outcome))
        .isInstanceOfSatisfying(
            Failure.Disk.class,
            failure -> {
              assertThat(failure.text()).contains(MESSAGE).doesNotContain("Exception");
              assertThat(failure.full()).isFalse();
            });
    assertThat(target).doesNotExist();
    assertTheNextRunCompletesIt(file, payload, deed);
  }

  /** A foreign file there is kept under another name, and never used. */
  private void assertTheNextRunCompletesIt(Download file, Payload payload, Deed deed)
      throws IOException {
    Optional<String> theirs = foreignPart(part(file), deed);
    Files.deleteIfExists(elsewhere.resolve("second"));
    completed(download(file));
    assertThat(payload.matches(out.resolve(file.target().value()))).isTrue();
    assertThat(Trees.leftovers(out)).isEmpty();
    if (theirs.isPresent()) {
      Path orphan = out.resolve(file.target().value() + ".part.orphan");
      assertThat(Trees.hashes(orphan.getParent()))
          .containsEntry(orphan.getFileName().toString(), theirs.get());
    }
  }

  private Optional<String> foreignPart(Path part, Deed deed) {
    return deed.name().startsWith("REPLACED") && !Files.isDirectory(part)
        ? Optional.of(Trees.hashes(out).get(part.getFileName().toString()))
        : Optional.empty();
  }

  @ParameterizedTest
  @EnumSource
  void aFileOfOneConnection(Deed deed) throws IOException {
    server.with("/a", new Fault.Stall(SOME, gate));
    assertNeverPublished(a(), PAYLOAD, deed, tampered(a(), 1, SOME, PAYLOAD, deed));
  }

  @ParameterizedTest
  @EnumSource
  void aSmallFileWithoutAJournal(Deed deed) throws IOException {
    server.serve("/s", SMALL).with("/s", new Fault.Stall(2_000, gate));
    Download small = file("/s");
    assertNeverPublished(small, SMALL, deed, tampered(small, 1, 2_000, SMALL, deed));
  }

  @ParameterizedTest
  @EnumSource
  void aFileOfUnknownLength(Deed deed) throws IOException {
    server.with("/a", Fault.all(new Fault.Chunked(), new Fault.Stall(SOME, gate)));
    assertNeverPublished(a(), PAYLOAD, deed, tampered(a(), 1, SOME, PAYLOAD, deed));
  }

  @ParameterizedTest
  @EnumSource
  void aResumedFile(Deed deed) throws IOException {
    cut(a(), 500 * KIB);
    server.with("/a", new Fault.Stall(SOME, gate));
    assertNeverPublished(a(), PAYLOAD, deed, tampered(a(), 1, 500 * KIB, PAYLOAD, deed));
  }

  /** The file is opened again, by its name, for the second attempt. */
  @ParameterizedTest
  @EnumSource
  void aFileBetweenTwoAttempts(Deed deed) throws IOException {
    server.with("/a", new Fault.CutAfter(SOME), new Fault.HoldBefore(gate));
    assertNeverPublished(a(), PAYLOAD, deed, tampered(a(), 1, SOME, PAYLOAD, deed));
  }

  @ParameterizedTest
  @EnumSource
  void aSplitFile(Deed deed) throws IOException {
    segments(4);
    Fault stall = new Fault.Stall(OF_OTHERS, gate);
    server.with("/a", request -> request.start() == 0, new Fault.Stall(256 * KIB, gate));
    server.with("/a", request -> request.start() > 0, stall, stall, stall);
    assertNeverPublished(a(), PAYLOAD, deed, tampered(a(), 4, 256 * KIB, PAYLOAD, deed));
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsForced(Deed deed) throws IOException {
    disk(d -> d.with(SyncPolicy.ALWAYS));
    server.with("/a", new Fault.Stall(SOME, gate));
    assertNeverPublished(a(), PAYLOAD, deed, tampered(a(), 1, SOME, PAYLOAD, deed));
  }

  /** The run is stopped before it notices the change: the next run does not use the bytes. */
  @ParameterizedTest
  @EnumSource
  void aFileOfAStoppedRun(Deed deed) throws IOException {
    server.with("/a", new Fault.Stall(SOME, gate));
    Path foreign = foreign(PAYLOAD);
    Result result =
        steered(
            List.of(a()),
            run -> {
              gate.awaitArrivals(1);
              Polling.await("the part", () -> sizeOf(part(a())), size -> size >= SOME);
              deed.to(part(a()), foreign);
              run.stop();
            });
    assertThat(result.files().getFirst().outcome()).isInstanceOf(Outcome.Cancelled.class);
    gate.open();
    server.mend("/a");
    Files.deleteIfExists(elsewhere.resolve("second"));
    completed(download(a()));
    assertThat(PAYLOAD.matches(out.resolve("a"))).isTrue();
    assertThat(new Payload(99, PAYLOAD.size()).matches(foreign)).isTrue();
  }

  /** The user's file may have more names than one: it was so before. */
  @ParameterizedTest
  @EnumSource
  void aFileOfTheUserThatIsContinued(Deed deed) throws IOException {
    disk(EngineFixture::continuing);
    Files.createDirectories(out);
    Files.write(out.resolve("a"), PAYLOAD.bytes(0, 500 * KIB));
    Files.createLink(temp.resolve("their second name"), out.resolve("a"));
    server.with("/a", request -> request.start() > 0, new Fault.Stall(SOME, gate));
    assertNeverPublished(a(), PAYLOAD, deed, tampered(a(), 1, 500 * KIB + SOME, PAYLOAD, deed));
  }

  /** Partial files on another file system: the copy beside the final name is watched too. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JOURNAL_REMOVED")
  void aCopyFromAnotherFileSystem(Deed deed) throws IOException {
    Path foreign = foreign(PAYLOAD);
    Path parts = temp.resolve("parts");
    Hook others =
        new Hook() {
          @Override
          public long before(Operation operation) {
            return operation.bytes();
          }

          @Override
          public void after(Operation operation) throws IOException {
            if (operation.kind() == Operation.Kind.FORCE
                && operation.path().toString().endsWith(".copy")) {
              deed.to(operation.path(), foreign);
            }
          }
        };
    DiskFileSystem system = new DiskFileSystem(new TwoStores(parts, others));
    disk(
        d -> DiskSettings.in(system.of(out)).withTempDir(system.of(parts)).with(SyncPolicy.ALWAYS));
    assertThat(failed(download(a())).text()).contains(MESSAGE);
    assertThat(out.resolve("a")).doesNotExist();
    assertThat(new Payload(99, PAYLOAD.size()).matches(foreign)).isTrue();
    Optional<String> theirs = foreignPart(out.resolve("a.part.copy"), deed);
    Files.deleteIfExists(elsewhere.resolve("second"));
    disk(d -> DiskSettings.in(out));
    completed(download(a()));
    assertThat(PAYLOAD.matches(out.resolve("a"))).isTrue();
    theirs.ifPresent(hash -> assertThat(Trees.hashes(out)).containsValue(hash));
  }
}

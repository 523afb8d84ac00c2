package dev.bulkdl.disk;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one partial file, and its journal. Small files have no journal. {@link #done} and
 * {@link #forced} are thread-safe once the journal is written; the other methods need one thread,
 * before that.
 */
final class PartJournal implements AutoCloseable {

  private final Path file;
  private final String source;
  private final String boot;
  private @Nullable JournalState state;
  private @Nullable Journal open;

  /** The folder is locked, so what is known stays true. */
  private boolean mayBeThere;

  /**
   * @param source the digest of the URL
   * @param boot the id of the machine's current boot
   * @param mayBeThere whether an earlier run can have left a journal or a partial file
   */
  PartJournal(Path file, String source, String boot, boolean mayBeThere) {
    this.file = file;
    this.source = source;
    this.boot = boot;
    this.mayBeThere = mayBeThere;
  }

  /** Reads the journal file, even if it belongs to another URL. */
  Optional<JournalState> load() throws IOException {
    return Journal.load(file);
  }

  /** Reads the journal file; empty if it belongs to another URL. */
  Optional<JournalState> own() throws IOException {
    return load().filter(found -> found.source().equals(source));
  }

  boolean isThere() throws IOException {
    return FileQueries.file(file).isPresent();
  }

  /**
   * Returns true if the journal is unreadable (for example emptied by a power loss) or belongs to
   * this URL.
   */
  boolean isUnreadableOrOwn() throws IOException {
    return isThere() && load().map(JournalState::source).orElse(source).equals(source);
  }

  /** Asks the file system whether the journal exists. */
  void checkExistence() throws IOException {
    mayBeThere = mayBeThere && FileQueries.attributes(file).isPresent();
  }

  boolean mayBeThere() {
    return mayBeThere;
  }

  /** Sets the state of an empty file. Writes nothing yet. */
  void begin(Version version) {
    state = JournalState.begin(source, boot, version);
  }

  /** Continues with only these ranges, and writes a new journal. */
  void resume(JournalState from, ByteRanges believed, boolean split) throws IOException {
    state = from.resumed(boot, believed, split);
    write();
  }

  /** Makes the user's file of this size the beginning, and writes a new journal. */
  void adopt(long size) throws IOException {
    state = JournalState.adopt(source, boot, size);
    write();
  }

  /** Sets the remote version, and writes a new journal. */
  void setVersion(Version version) throws IOException {
    state = state().with(version);
    write();
  }

  Version version() {
    return state().version();
  }

  /** Writes the state into a new journal, which replaces the old one. */
  void write() throws IOException {
    close();
    mayBeThere = true;
    Files.createDirectories(FilePaths.folderOf(file));
    open = Journal.replace(file, state());
  }

  /** Returns true if the file was begun or resumed, so that its state is known. */
  boolean isBegun() {
    return state != null;
  }

  boolean isOpen() {
    return open != null;
  }

  /** Marks the file as split, with the ranges that are written already. */
  void split(ByteRanges before) throws IOException {
    if (!isOpen()) {
      write();
    }
    open().split(before);
  }

  void done(ByteRanges.Span span) throws IOException {
    open().done(span);
  }

  void forced(ByteRanges written) throws IOException {
    open().forced(written);
  }

  /** Deletes the journal. Call {@link #close} before. */
  void delete() throws IOException {
    if (mayBeThere) {
      Files.deleteIfExists(file);
    }
    mayBeThere = false;
  }

  private JournalState state() {
    return Objects.requireNonNull(state, "a file is begun or resumed first");
  }

  private Journal open() {
    return Objects.requireNonNull(open, "a file with noted ranges has a journal");
  }

  @Override
  public void close() throws IOException {
    Journal last = open;
    open = null;
    if (last != null) {
      last.close();
    }
  }
}

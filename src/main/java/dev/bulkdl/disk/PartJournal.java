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
 * What is known of one partial file, and its journal, which a small one does without. What notes a
 * range is thread-safe once the journal was written; the rest is for one thread, before that.
 */
final class PartJournal implements AutoCloseable {

  private final Path file;
  private final String source;
  private final String boot;
  private @Nullable JournalState state;
  private @Nullable Journal open;

  /** No other run has the folder, so what is known of this stays true. */
  private boolean mayBeThere;

  /**
   * @param source the digest of the URL
   * @param boot the current boot of the machine
   * @param mayBeThere whether an earlier run may have left one, or the partial file
   */
  PartJournal(Path file, String source, String boot, boolean mayBeThere) {
    this.file = file;
    this.source = source;
    this.boot = boot;
    this.mayBeThere = mayBeThere;
  }

  /** What stands in it, even if it belongs to another source. */
  Optional<JournalState> load() throws IOException {
    return Journal.load(file);
  }

  /** What stands in it, where it is of this source. */
  Optional<JournalState> own() throws IOException {
    return load().filter(found -> found.source().equals(source));
  }

  boolean isThere() throws IOException {
    return FileQueries.file(file).isPresent();
  }

  /** True if the journal is unreadable (for example emptied by a power loss) or of this URL. */
  boolean isOfNoOtherSource() throws IOException {
    return isThere() && load().map(JournalState::source).orElse(source).equals(source);
  }

  /** Notes whether there is one. */
  void look() throws IOException {
    mayBeThere = mayBeThere && FileQueries.attributes(file).isPresent();
  }

  boolean mayBeThere() {
    return mayBeThere;
  }

  /** The file is empty, and of this version. Nothing is written yet. */
  void begin(Version version) {
    state = JournalState.begin(source, boot, version);
  }

  /** The file goes on with these ranges as the only ones that are there. */
  void resume(JournalState from, ByteRanges believed, boolean split) throws IOException {
    state = from.resumed(boot, believed, split);
    write();
  }

  /** The file's beginning is the user's own one of this size. */
  void adopt(long size) throws IOException {
    state = JournalState.adopt(source, boot, size);
    write();
  }

  /** The file's version has become known. */
  void know(Version version) throws IOException {
    state = state().with(version);
    write();
  }

  Version version() {
    return state().version();
  }

  /** Puts all that is known into a new journal. */
  void write() throws IOException {
    close();
    mayBeThere = true;
    Files.createDirectories(FilePaths.folderOf(file));
    open = Journal.replace(file, state());
  }

  boolean isOpen() {
    return open != null;
  }

  /** The size says nothing from now on; {@code before} is what is there. */
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

  /** To be called when it is closed. */
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

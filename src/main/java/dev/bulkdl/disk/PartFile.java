package dev.bulkdl.disk;

import dev.bulkdl.model.Spans;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.model.Version;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One file while it is incomplete: its bytes, and a journal of what their number cannot say. Begin
 * or resume it, write through {@link #open channels of its own}, then publish it. The methods that
 * change what the file is (begin, resume, set aside, discard, publish) are for one thread while no
 * channel is in use; the others are thread-safe.
 */
public final class PartFile implements AutoCloseable {

  /** Unsplit files below this many bytes are fetched again rather than journaled. */
  private static final long JOURNAL_FROM = 1L << 20;

  private static final Set<OpenOption> WRITE =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.READ,
          LinkOption.NOFOLLOW_LINKS);

  private final Place place;
  private final String source;
  private final UnaryOperator<FileChannel> layer;
  private @Nullable Journal journal;
  private @Nullable JournalState begun;

  /**
   * @param source the digest of the URL
   * @param layer put around every channel that writes content; tests put faults there
   */
  PartFile(Place place, String source, UnaryOperator<FileChannel> layer) {
    this.place = place;
    this.source = source;
    this.layer = layer;
  }

  /**
   * What an earlier run left.
   *
   * @param size the partial file's size in bytes, 0 where there is none
   */
  public record Remains(long size, Optional<JournalState> journal) {}

  /** Where the file lives. */
  public Place place() {
    return place;
  }

  /** Looks at what is there; changes nothing. */
  public Remains remains() throws IOException {
    try {
      BasicFileAttributes part =
          Files.readAttributes(place.part(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Remains(
          part.isRegularFile() ? part.size() : 0,
          Journal.load(place.journal()).filter(state -> state.source().equals(source)));
    } catch (NoSuchFileException e) {
      return new Remains(0, Optional.empty());
    }
  }

  /** Begins an empty file of this version; whatever was there of it is lost. */
  public void begin(Version version) throws IOException {
    closeJournal();
    Files.deleteIfExists(place.journal());
    Files.deleteIfExists(place.part());
    begun = JournalState.begin(source, Boot.id(), version);
    if (version.total().isEmpty() || version.total().getAsLong() >= JOURNAL_FROM) {
      replaceJournal(begun);
    }
  }

  /** Continues with these ranges as the only ones that are there. */
  public void resume(JournalState state, Spans believed, boolean split) throws IOException {
    replaceJournal(state.resumed(Boot.id(), believed, split));
    if (!split) {
      try (FileChannel part = open()) {
        part.truncate(believed.prefixLength());
      }
    }
  }

  /** Takes the file that has the final name as the beginning of the download. */
  public void adoptTarget() throws IOException {
    JournalState state = JournalState.begin(source, Boot.id(), Version.UNKNOWN).adopt();
    replaceJournal(state);
    Files.move(place.target(), place.part());
  }

  /** From now on the size says nothing: several channels write; {@code before} is what is there. */
  public void split(Spans before) throws IOException {
    if (journal == null) {
      replaceJournal(Objects.requireNonNull(begun, "a file is begun before it is split"));
    }
    journal().split(before);
  }

  /** Notes that a range of a split file was written. */
  public void done(Spans.Span span) throws IOException {
    journal().done(span);
  }

  /** Forces the content to the device and notes these ranges as safe. */
  public void force(FileChannel part, Spans written) throws IOException {
    if (journal != null && !written.list().isEmpty()) {
      part.force(true);
      journal().forced(written);
    }
  }

  /** A channel to write content with, for one thread; closing it is the caller's. */
  public FileChannel open() throws IOException {
    return layer.apply(new PartChannel(openFile()));
  }

  private FileChannel openFile() throws IOException {
    try {
      return FileChannel.open(place.part(), WRITE);
    } catch (NoSuchFileException e) {
      Files.createDirectories(Place.folderOf(place.part()));
      return FileChannel.open(place.part(), WRITE);
    }
  }

  /** Removes what a run left that was killed just after it had given the file its final name. */
  public void tidy() throws IOException {
    if (Files.deleteIfExists(place.journal())) {
      removeCompanions();
    }
  }

  /** Moves what is there out of the way, until the file is complete. */
  public void setAside() throws IOException {
    closeJournal();
    Files.deleteIfExists(place.journal());
    Placement.moveIfThere(place.part(), place.aside());
  }

  /** Deletes all that is there. */
  public void discard() throws IOException {
    closeJournal();
    Files.deleteIfExists(place.part());
    removeCompanions();
  }

  /**
   * Gives the complete file its final name.
   *
   * @param replace whether a file of that name may be replaced
   * @return false when a file of that name is there and may not be replaced
   */
  public boolean publish(boolean replace, SyncPolicy sync) throws IOException {
    closeJournal();
    if (!Placement.publish(place, replace, sync)) {
      return false;
    }
    removeCompanions();
    return true;
  }

  private void removeCompanions() throws IOException {
    Files.deleteIfExists(place.journal());
    Files.deleteIfExists(place.aside());
  }

  private Journal journal() {
    Journal open = journal;
    if (open == null) {
      throw new IllegalStateException("a file without a journal cannot be split");
    }
    return open;
  }

  private void replaceJournal(JournalState state) throws IOException {
    closeJournal();
    Files.createDirectories(Place.folderOf(place.part()));
    journal = Journal.replace(place.journal(), state);
  }

  private void closeJournal() throws IOException {
    Journal open = journal;
    journal = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    closeJournal();
  }
}

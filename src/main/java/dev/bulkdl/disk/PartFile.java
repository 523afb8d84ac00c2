package dev.bulkdl.disk;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Version;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One file while it is incomplete: its bytes, and a journal of what their number cannot say. Begin
 * or resume it, write through {@link #openForContent channels of its own}, then publish it. The
 * methods that change what the file is (begin, resume, set aside, discard, publish) are for one
 * thread while no channel is in use; the others are thread-safe.
 */
public final class PartFile implements AutoCloseable {

  /** Unsplit files below this many bytes are fetched again rather than journaled. */
  private static final long JOURNAL_FROM = 1L << 20;

  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private static final Set<OpenOption> CREATE =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          StandardOpenOption.READ,
          LinkOption.NOFOLLOW_LINKS);

  private final FilePaths place;
  private final PartJournal journal;
  private final PartRegistry ownParts;
  private final PartChannels content;
  private final AtomicPublish placement;
  private final PartWatch watch;
  private final Consumer<PartFile> onClose;

  /** Whether it may be there; no other run has the folder, so what is known stays true. */
  private boolean mayBeThere;

  /** While the file may have space beyond its size. */
  private Optional<Reservation> reservation = Optional.empty();

  /**
   * A channel that nobody uses, for the next one who writes. It stays open between two attempts: an
   * inode that is in use keeps its number, which {@link PartWatch} compares.
   */
  private final AtomicReference<@Nullable FileChannel> spare = new AtomicReference<>();

  /**
   * @param journal its own, which tells whether an earlier run may have left something
   * @param ownParts which partial files without a journal are ours
   * @param content how it gets into the file
   * @param placement how it gets its final name
   * @param onClose gives the place free; may be called more than once
   */
  PartFile(
      FilePaths place,
      PartJournal journal,
      PartRegistry ownParts,
      PartChannels content,
      AtomicPublish placement,
      Consumer<PartFile> onClose) {
    this.place = place;
    this.journal = journal;
    this.ownParts = ownParts;
    this.content = content;
    this.placement = placement;
    this.watch = new PartWatch(place.part());
    this.mayBeThere = journal.mayBeThere();
    this.onClose = onClose;
  }

  /**
   * What an earlier run left.
   *
   * @param size the partial file's size in bytes, 0 where there is none
   * @param ours whether this program made it, as far as there is something
   */
  public record Remains(long size, Optional<JournalState> journal, boolean ours) {}

  /** Where the file lives. */
  public FilePaths place() {
    return place;
  }

  /** Whether something of it may be there, as far as it is known without a look. */
  boolean mayBeThere() {
    return mayBeThere || journal.mayBeThere();
  }

  /** Looks at what is there; changes nothing. */
  public Remains remains() throws IOException {
    Optional<BasicFileAttributes> part =
        mayBeThere() ? FileQueries.named(place.part()) : Optional.empty();
    if (part.isEmpty()) {
      mayBeThere = false;
      journal.look();
      return new Remains(0, Optional.empty(), true);
    }
    boolean usable = part.get().isRegularFile() && !isPublished();
    long size = usable ? part.get().size() : 0;
    return new Remains(size, journal.own(), isOurs(part.get()));
  }

  /**
   * The bytes that the partial file takes on the device, which a killed run may have left larger
   * than its size.
   */
  public long taken() throws IOException {
    return FileQueries.file(place.part()).isPresent() ? DiskAllocation.taken(place.part()) : 0;
  }

  /** A kill in mid-rename leaves both names to one file, which is not to be written to any more. */
  private boolean isPublished() throws IOException {
    return FileQueries.named(place.target()).isPresent()
        && Files.isSameFile(place.part(), place.target());
  }

  /** Every file that we made is noted, or has a journal beside it, or its final name already. */
  private boolean isOurs(BasicFileAttributes part) throws IOException {
    return part.isRegularFile()
        && !watch.isOther(part)
        && (ownParts.contains(place.part()) || journal.isThere() || isPublished());
  }

  /** Begins an empty file of this version; whatever was there of it is lost. */
  public void begin(Version version) throws IOException {
    discard();
    journal.begin(version);
    if (version.total().isEmpty() || version.total().getAsLong() >= JOURNAL_FROM) {
      journal.write();
    } else {
      ownParts.add(place.part());
    }
    mayBeThere = true;
    spare.set(createFile());
    watch.begin();
    reserve(version);
  }

  /**
   * Continues with these ranges as the only ones that are there. The file is cut to them first, so
   * that a journal of this boot never stands beside bytes that are not believed.
   */
  public void resume(JournalState from, ByteRanges believed, boolean split) throws IOException {
    reservation.ifPresent(Reservation::stop);
    long end = believed.list().isEmpty() ? 0 : believed.list().getLast().end();
    FileChannel part = openSpare();
    try {
      part.truncate(end);
    } finally {
      giveBack(part);
    }
    watch.resume(from.adopted().isPresent());
    journal.resume(from, believed, split);
    reserve(from.version());
  }

  private void reserve(Version version) throws IOException {
    reservation = content.reserve(place.part(), version.total());
  }

  /** To be called when it is released, and still there. */
  private void giveSpaceBack() throws IOException {
    if (reservation.isPresent()) {
      reservation = Optional.empty();
      DiskAllocation.giveBack(place.part());
    }
  }

  /** Takes the file that has the final name as the beginning of the download. */
  public void adoptTarget() throws IOException {
    discard();
    long size = Files.size(place.target());
    AtomicPublish.force(place.target());
    journal.adopt(size);
    Files.move(place.target(), place.part());
    mayBeThere = true;
  }

  /** Gives the user's file its name and its length back. */
  public void releaseTarget(long size) throws IOException {
    try (FileChannel part = open()) {
      part.truncate(size);
    }
    release();
    giveSpaceBack();
    Files.move(place.part(), place.target());
    forget();
  }

  /** Keeps the version of a file whose version was not known, before its first byte is added. */
  public void know(Version version) throws IOException {
    journal.know(version);
  }

  /** From now on the size says nothing: several channels write; {@code before} is what is there. */
  public void split(ByteRanges before) throws IOException {
    journal.split(before);
  }

  /** Notes that a range of a split file was written. */
  public void done(ByteRanges.Span span) throws IOException {
    journal.done(span);
  }

  /**
   * Forces the content to the device and notes these ranges as safe.
   *
   * @throws NotForcedException when the device does not take it; see {@link #keepForced}
   */
  public void force(FileChannel part, ByteRanges written) throws IOException {
    if (journal.isOpen() && !written.list().isEmpty()) {
      try {
        part.force(true);
      } catch (IOException e) {
        throw new FsyncFailedException(e);
      }
      journal.forced(written);
    }
  }

  /**
   * After a failed force, only what was forced before is believed, since a second one would not
   * fail.
   */
  public void keepForced() throws IOException {
    Optional<JournalState> noted = journal.load();
    ByteRanges forced = noted.map(JournalState::forced).orElse(ByteRanges.EMPTY);
    if (noted.isEmpty() || forced.list().isEmpty()) {
      discard();
    } else {
      resume(noted.get(), forced, true);
    }
  }

  /**
   * A channel to write content with, for one thread; closing it is the caller's. When the file is
   * begun or resumed.
   */
  public PartChannel openForContent() throws IOException {
    PartChannel channel = content.channel(openSpare(), place.part(), journal.version().total());
    try {
      if (content.opensByName()) {
        watch.checkSame();
      }
      return channel.watchedBy(watch, this::giveBack);
    } catch (IOException e) {
      try (channel) {
        throw e;
      }
    }
  }

  private FileChannel openSpare() throws IOException {
    FileChannel kept = spare.getAndSet(null);
    return kept == null ? open() : kept;
  }

  private void giveBack(FileChannel file) throws IOException {
    if (!file.isOpen() || !spare.compareAndSet(null, file)) {
      file.close();
    }
  }

  /**
   * A channel to change the file with, or to force it; closing it is the caller's.
   *
   * @throws ChangedByOthersException when another file has the name by now, or none
   */
  public FileChannel open() throws IOException {
    watch.checkSame();
    FileChannel opened = FileChannel.open(place.part(), WRITE);
    try {
      watch.checkSame();
      return opened;
    } catch (IOException e) {
      try (opened) {
        throw e;
      }
    }
  }

  private FileChannel createFile() throws IOException {
    try {
      return FileChannel.open(place.part(), CREATE);
    } catch (NoSuchFileException e) {
      Files.createDirectories(FilePaths.folderOf(place.part()));
    } catch (FileAlreadyExistsException e) {
      keepOrphan(); // it appeared after it was known that nothing is there
    }
    return FileChannel.open(place.part(), CREATE);
  }

  /** Removes what a run left that was killed just after it had given the file its final name. */
  public void tidy() throws IOException {
    if (ownParts.contains(place.part())
        || ownParts.contains(place.copy())
        || journal.isOfNoOtherSource()
        || (FileQueries.named(place.part()).isPresent() && isPublished())) {
      discard();
    }
  }

  /** Moves something that is not ours, but has the partial file's name, out of the way. */
  private void keepOrphan() throws IOException {
    AtomicPublish.keepOrphan(place.part());
  }

  /** Removes all that is there of the partial file: what is ours is deleted, what is not, kept. */
  public void discard() throws IOException {
    if (!mayBeThere()) {
      return;
    }
    release();
    Optional<BasicFileAttributes> part = FileQueries.named(place.part());
    if (part.isPresent() && isOurs(part.get())) {
      Files.delete(place.part());
    } else if (part.isPresent()) {
      keepOrphan();
    }
    forget();
  }

  /** To be called when the partial file is there no more. */
  private void forget() throws IOException {
    mayBeThere = false;
    watch.forget();
    journal.delete();
    reservation = Optional.empty();
    ownParts.remove(place.part());
    if (ownParts.contains(place.copy())) {
      Files.deleteIfExists(place.copy());
      ownParts.remove(place.copy());
    }
  }

  /**
   * To be called when all bytes were written.
   *
   * @throws ChangedByOthersException when another program replaced, cut or linked the file
   */
  public void checkComplete(long size) throws IOException {
    watch.checkComplete(size);
  }

  /**
   * Gives the complete file its final name.
   *
   * @param size the bytes that it has
   * @param replace whether a file of that name may be replaced
   * @param forced whether its content and its name are to be on the device before this returns
   * @return false when a file of that name is there and may not be replaced
   * @throws NotForcedException when the device does not take it; see {@link #keepForced}
   * @throws ChangedByOthersException when another program replaced, cut or linked it
   */
  public boolean publish(long size, boolean replace, boolean forced) throws IOException {
    if (forced) {
      watch.checkSame();
      AtomicPublish.force(place.part());
    }
    watch.checkComplete(size);
    release();
    if (!placement.publish(place, watch, replace, forced)) {
      return false;
    }
    forget();
    return true;
  }

  @Override
  public void close() throws IOException {
    try {
      release();
      if (mayBeThere) {
        leaveAsWritten();
      }
    } finally {
      onClose.accept(this);
    }
  }

  /**
   * The next run takes the size for what was written. What others put in the file's place is not
   * ours: it must neither be continued nor deleted.
   */
  private void leaveAsWritten() throws IOException {
    switch (watch.state()) {
      case AS_WRITTEN -> giveSpaceBack();
      case LONGER -> {
        try (FileChannel part = open()) {
          watch.cutSurplus(part);
        }
        giveSpaceBack();
      }
      case NOT_OURS -> {
        journal.delete();
        ownParts.remove(place.part());
      }
    }
  }

  private void release() throws IOException {
    reservation.ifPresent(Reservation::stop);
    FileChannel kept = spare.getAndSet(null);
    try (kept) {
      journal.close();
    }
  }
}

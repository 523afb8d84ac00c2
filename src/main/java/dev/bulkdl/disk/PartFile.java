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
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One incomplete file: its bytes and its journal. Begin or resume it, write through {@link
 * #openForContent channels}, then publish it.
 *
 * <p>The methods that change the whole file (begin, resume, adopt, release, discard, publish) need
 * one thread and no channel in use. The other methods are thread-safe.
 */
public final class PartFile implements AutoCloseable {

  /**
   * Unsplit files that are smaller, in bytes, get no journal: a resume would cost more than a new
   * download.
   */
  private static final long JOURNAL_FROM = 1L << 20;

  /** When work on a file ends before its last byte, a part from this size on gets a journal too. */
  private static final long JOURNAL_AT_END_FROM = 64L << 10;

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

  /** Whether the partial file can exist. The folder is locked, so what is known stays true. */
  private boolean mayBeThere;

  /** Present while the file can have space beyond its size. */
  private Optional<Reservation> reservation = Optional.empty();

  /**
   * A channel that is kept open for the next writer. It also stays open between two attempts,
   * because an inode in use keeps its number, which {@link PartWatch} compares.
   */
  private final AtomicReference<@Nullable FileChannel> spare = new AtomicReference<>();

  /**
   * @param journal the journal of this file; it knows whether an earlier run can have left
   *     something
   * @param ownParts the registry of partial files without a journal
   * @param content opens the channels that write
   * @param placement renames the complete file
   * @param onClose releases the paths; can be called more than once
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
   * What an earlier run left of this file.
   *
   * @param size the partial file's size in bytes; 0 if there is none
   * @param journal the journal, if it belongs to this URL
   * @param ours whether this program made the partial file; true if there is none
   */
  public record Remains(long size, Optional<JournalState> journal, boolean ours) {}

  /** The paths of this file. */
  public FilePaths place() {
    return place;
  }

  /** Returns true if the partial file or its journal can exist, without asking the file system. */
  boolean mayBeThere() {
    return mayBeThere || journal.mayBeThere();
  }

  /** Reads what an earlier run left. Changes nothing on the disk. */
  public Remains remains() throws IOException {
    Optional<BasicFileAttributes> part =
        mayBeThere() ? FileQueries.named(place.part()) : Optional.empty();
    if (part.isEmpty()) {
      mayBeThere = false;
      journal.checkExistence();
      return new Remains(0, Optional.empty(), true);
    }
    boolean usable = part.get().isRegularFile() && !isPublished();
    long size = usable ? part.get().size() : 0;
    return new Remains(size, journal.own(), isOurs(part.get()));
  }

  /**
   * Returns the bytes that are allocated for the partial file; 0 if it is missing. A killed run can
   * leave more than the file's size.
   */
  public long taken() throws IOException {
    return FileQueries.file(place.part()).isPresent() ? DiskAllocation.allocated(place.part()) : 0;
  }

  /**
   * A kill between link and removal leaves two names of one file. It must not be written any more.
   */
  private boolean isPublished() throws IOException {
    return FileQueries.named(place.target()).isPresent()
        && Files.isSameFile(place.part(), place.target());
  }

  /**
   * A partial file is ours if it is in the registry, has a journal, or already has its final name
   * too.
   */
  private boolean isOurs(BasicFileAttributes part) throws IOException {
    return part.isRegularFile()
        && !watch.isOther(part)
        && (ownParts.contains(place.part()) || journal.isThere() || isPublished());
  }

  /** Discards what exists and creates an empty partial file for this version. */
  public void begin(Version version) throws IOException {
    discard();
    journal.begin(version);
    if (!ownParts.isKept()
        || version.total().isEmpty()
        || version.total().getAsLong() >= JOURNAL_FROM) {
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
   * Continues the partial file with only these ranges. First the file is cut behind the last of
   * them, so that a journal of this boot never describes bytes that are not trusted.
   *
   * @param believed the ranges to keep
   * @param split whether the file is split from now on
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

  /** Call it after {@link #release}, while the file still exists. */
  private void giveSpaceBack() throws IOException {
    if (reservation.isPresent()) {
      reservation = Optional.empty();
      DiskAllocation.giveBack(place.part());
    }
  }

  /**
   * Makes the file with the final name the beginning of the download: it becomes the partial file.
   */
  public void adoptTarget() throws IOException {
    discard();
    long size = Files.size(place.target());
    AtomicPublish.force(place.target());
    journal.adopt(size);
    Files.move(place.target(), place.part());
    mayBeThere = true;
  }

  /** Undoes {@link #adoptTarget}: cuts the file to its old size in bytes and renames it back. */
  public void releaseTarget(long size) throws IOException {
    try (FileChannel part = open()) {
      part.truncate(size);
    }
    release();
    giveSpaceBack();
    Files.move(place.part(), place.target());
    forget();
  }

  /** Stores the remote version of an adopted file, before the first byte is added. */
  public void know(Version version) throws IOException {
    journal.setVersion(version);
  }

  /**
   * Marks the file as split: several channels can write, and the noted ranges count instead of the
   * size.
   *
   * @param before the ranges that are written already
   */
  public void split(ByteRanges before) throws IOException {
    journal.split(before);
  }

  /** Notes a written range of a split file. */
  public void done(ByteRanges.Span span) throws IOException {
    journal.done(span);
  }

  /**
   * Syncs the content (fsync), then notes these ranges as synced. Does nothing without an open
   * journal.
   *
   * @throws FsyncFailedException if the sync fails; call {@link #keepForced} then
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
   * Goes back to the ranges that were synced before a failed fsync. A second fsync would succeed
   * although the data is lost, so it proves nothing.
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
   * Opens a channel that writes content, for one thread. The caller closes it. The file must be
   * begun or resumed.
   *
   * @throws ChangedByOthersException if the file is gone or another file has its name
   */
  public PartChannel openForContent() throws IOException {
    PartChannel channel = content.channel(openSpare(), place.part(), journal.version().total());
    try {
      if (content.opensByName(journal.version().total())) {
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
   * Opens a channel to sync or change the file. The caller closes it.
   *
   * @throws ChangedByOthersException if the file is gone or another file has its name
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
      keepOrphan(); // it was created by others after the check
    }
    return FileChannel.open(place.part(), CREATE);
  }

  /** Removes the leftovers of a run that was killed just after the rename to the final name. */
  public void tidy() throws IOException {
    if (ownParts.contains(place.part())
        || ownParts.contains(place.copy())
        || journal.isUnreadableOrOwn()
        || (FileQueries.named(place.part()).isPresent() && isPublished())) {
      discard();
    }
  }

  /** Moves a foreign file that has the partial file's name out of the way. */
  private void keepOrphan() throws IOException {
    AtomicPublish.keepOrphan(place.part());
  }

  /**
   * Removes the partial file and its journal. A foreign file with that name is kept under another
   * name.
   */
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

  /** Call it when the partial file no longer exists. */
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
   * Checks the file after its last write.
   *
   * @param size the size in bytes that it must have
   * @throws ChangedByOthersException if another program replaced, truncated or hard-linked the file
   */
  public void checkComplete(long size) throws IOException {
    watch.checkComplete(size);
  }

  /**
   * Sets the file's date of last modification. Call it after the last write. A file system that
   * cannot store the date changes nothing.
   */
  public void setDate(Instant modified) {
    try {
      // With both times given, the JDK need not ask for the other one first.
      Objects.requireNonNull(Files.getFileAttributeView(place.part(), BasicFileAttributeView.class))
          .setTimes(FileTime.from(modified), FileTime.from(Instant.now()), null);
    } catch (IOException e) {
      // The content is complete, and a wrong date is no reason to fail.
    }
  }

  /**
   * Gives the complete file its final name.
   *
   * @param size its size in bytes
   * @param replace whether an existing file with that name can be replaced
   * @param forced whether content and name are synced before this returns
   * @return false if a file with that name exists and {@code replace} is false
   * @throws FsyncFailedException if the sync fails; call {@link #keepForced} then
   * @throws ChangedByOthersException if another program replaced, truncated or hard-linked the file
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
    boolean hasNoJournal = journal.isBegun() && !journal.isOpen();
    try {
      release();
      if (mayBeThere) {
        leaveAsWritten(hasNoJournal);
      }
    } finally {
      onClose.accept(this);
    }
  }

  /**
   * Leaves the partial file so that its size equals the bytes written, because the next run trusts
   * the size. If others replaced the file, removes the journal: the next run must neither continue
   * nor delete it.
   */
  private void leaveAsWritten(boolean hasNoJournal) throws IOException {
    switch (watch.state()) {
      case AS_WRITTEN -> {
        giveSpaceBack();
        if (hasNoJournal && isWorthAJournal()) {
          journal.write();
          journal.close();
        }
      }
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

  private boolean isWorthAJournal() throws IOException {
    return FileQueries.file(place.part())
        .filter(part -> part.size() >= JOURNAL_AT_END_FROM)
        .isPresent();
  }

  private void release() throws IOException {
    reservation.ifPresent(Reservation::stop);
    FileChannel kept = spare.getAndSet(null);
    try (kept) {
      journal.close();
    }
  }
}

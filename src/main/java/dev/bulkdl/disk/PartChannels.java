package dev.bulkdl.disk;

import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.WriteMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Opens the channels that write partial files and allocates space for them, as the {@link
 * WriteMode} demands. Thread-safe.
 */
final class PartChannels {

  /** The smallest file, in bytes, for which allocation or O_DIRECT pays off. */
  private static final long LARGE_FROM = 4L << 20;

  /**
   * The smallest file, in bytes, that is written with O_DIRECT unless the user asked for it. From
   * this size on {@code --sync large} waits for the device anyway. A smaller file is often read
   * right after the run, and that is quicker from the page cache.
   */
  private static final long AUTO_FROM = 64L << 20;

  /** The bytes to allocate before the first write. On a file system in memory this takes 0.1 s. */
  private static final long AT_ONCE = 512L << 20;

  private final WriteMode sink;
  private final boolean preallocate;
  private final DiskResources shared;
  private final long directFrom;

  private PartChannels(WriteMode sink, boolean preallocate, DiskResources shared, long directFrom) {
    this.sink = sink;
    this.directFrom = directFrom;
    this.preallocate = preallocate;
    this.shared = shared;
  }

  /**
   * @param parts the folder of the partial files, which exists
   */
  static PartChannels of(DiskSettings settings, DiskResources shared, Path parts) {
    boolean preallocate = settings.preallocate() && settings.writeMode() != WriteMode.DISCARD;
    return new PartChannels(
        settings.writeMode(), preallocate, shared, directFrom(settings.writeMode(), parts));
  }

  private static long directFrom(WriteMode mode, Path parts) {
    return switch (mode) {
      case DIRECT -> LARGE_FROM;
      case AUTO ->
          BlockDevice.of(parts).filter(BlockDevice::suitsDirect).isPresent()
              ? AUTO_FROM
              : Long.MAX_VALUE;
      case DISK, DISCARD -> Long.MAX_VALUE;
    };
  }

  /**
   * Allocates the space of a file before its bytes arrive. This costs less than allocation by each
   * write, keeps a large file in one piece, and keeps other programs from using the space. The
   * file's size does not change.
   *
   * @param file a file that nobody writes yet
   * @param total the size of the whole file in bytes, if known
   * @return present if the file can have more space than its size from now on; {@link
   *     DiskAllocation#giveBack} releases it
   */
  Optional<Reservation> reserve(Path file, OptionalLong total) throws IOException {
    return preallocate && total.orElse(0) >= LARGE_FROM
        ? Reservation.begin(file, total.getAsLong(), AT_ONCE, shared.reserving())
        : Optional.empty();
  }

  /**
   * Returns true if {@link #channel} opens the file a second time by its name.
   *
   * @param total the size of the whole file in bytes, if known
   */
  boolean opensByName(OptionalLong total) {
    // content of unknown length: only if the user asked for it
    return total.isPresent() ? total.getAsLong() >= directFrom : sink == WriteMode.DIRECT;
  }

  /**
   * Returns a channel for one thread. Closing it closes {@code file}.
   *
   * @param file the file, open for writing
   * @param path the file's name
   * @param total the size of the whole file in bytes, if known
   */
  PartChannel channel(FileChannel file, Path path, OptionalLong total) {
    if (sink == WriteMode.DISCARD) {
      return new DiscardingChannel(file);
    }
    return opensByName(total)
        ? DirectChannel.of(file, path, shared.buffers())
        : new PartChannel(file);
  }
}

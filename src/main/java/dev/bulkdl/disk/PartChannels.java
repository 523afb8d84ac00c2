package dev.bulkdl.disk;

import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.WriteMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How content gets into partial files, by what is to become of it: the space that it is given, and
 * the channels that write it. Thread-safe.
 */
final class PartChannels {

  /** Less would repay neither a reservation nor a second channel. */
  private static final long LARGE_FROM = 4L << 20;

  /** So much space is there before content is written: a tenth of a second's work in memory. */
  private static final long AT_ONCE = 512L << 20;

  private final WriteMode sink;
  private final boolean preallocate;
  private final DiskResources shared;

  private PartChannels(WriteMode sink, boolean preallocate, DiskResources shared) {
    this.sink = sink;
    this.preallocate = preallocate;
    this.shared = shared;
  }

  static PartChannels of(DiskSettings settings, DiskResources shared) {
    boolean preallocate = settings.preallocate() && settings.writeMode() != WriteMode.DISCARD;
    return new PartChannels(settings.writeMode(), preallocate, shared);
  }

  /**
   * Takes the space for a file before its bytes come, which costs less than to take it for each of
   * them, lays a large one out in one piece, and keeps it from others. Its size stays as it is.
   *
   * @param file that nobody writes yet
   * @param total the bytes of the whole file, where they are known
   * @return present when it may have more space from now on than its bytes take; see {@link
   *     Blocks#giveBack}
   */
  Optional<Reservation> reserve(Path file, OptionalLong total) throws IOException {
    return preallocate && total.orElse(0) >= LARGE_FROM
        ? Reservation.begin(file, total.getAsLong(), AT_ONCE, shared.reserving())
        : Optional.empty();
  }

  /** Whether a channel opens the file a second time, by its name. */
  boolean opensByName() {
    return sink == WriteMode.DIRECT;
  }

  /**
   * A channel for one thread; closing it closes the file.
   *
   * @param file open for writing
   * @param path its name
   * @param total the bytes of the whole file, where they are known
   */
  PartChannel channel(FileChannel file, Path path, OptionalLong total) {
    return switch (sink) {
      case DISK -> new PartChannel(file);
      case DIRECT ->
          total.orElse(LARGE_FROM) < LARGE_FROM
              ? new PartChannel(file)
              : DirectChannel.of(file, path, shared.buffers());
      case DISCARD -> new DiscardingChannel(file);
    };
  }
}

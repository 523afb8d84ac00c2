package dev.bulkdl.disk;

import dev.bulkdl.model.Sink;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Makes the channels that write content, by what is to become of it. Thread-safe. */
final class ContentChannels {

  /** Less would not repay a second channel. */
  private static final long DIRECT_FROM = 4L << 20;

  private final Sink sink;
  private final AlignedBuffers buffers = new AlignedBuffers();

  ContentChannels(Sink sink) {
    this.sink = sink;
  }

  /**
   * A channel for one thread; closing it closes the file.
   *
   * @param file open for writing
   * @param path its name
   * @param total the bytes of the whole file, where they are known
   */
  PartChannel of(FileChannel file, Path path, OptionalLong total) {
    return switch (sink) {
      case DISK -> new PartChannel(file);
      case DIRECT ->
          total.orElse(DIRECT_FROM) < DIRECT_FROM
              ? new PartChannel(file)
              : DirectChannel.of(file, path, buffers);
      case DISCARD -> new DiscardingChannel(file);
    };
  }
}

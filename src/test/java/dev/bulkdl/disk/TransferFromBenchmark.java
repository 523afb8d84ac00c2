package dev.bulkdl.disk;

import dev.bulkdl.content.BodyChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures why {@link PartChannel} has its own {@code transferFrom}: it writes 64 MiB to a file,
 * from a buffer that the network has filled, in every possible way. {@link DirectChannel} waits for
 * the device; the other ways leave that to the system. {@code perf/transfer-from} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class TransferFromBenchmark {
  private static final long TOTAL = 64 << 20;

  @Param({"8192", "65536", "262144", "1048576"})
  public int buffer;

  @Param({"/dev/shm", "target"})
  public String folder;

  private Path file;
  private FileChannel jdk;
  private FileChannel ours;
  private PartChannel direct;
  private ByteBuffer filled;

  @Setup
  public void open() throws IOException {
    file = Files.createTempFile(Path.of(folder), "transfer", ".bin");
    jdk = FileChannel.open(file, StandardOpenOption.WRITE);
    ours = new PartChannel(FileChannel.open(file, StandardOpenOption.WRITE));
    direct =
        DirectChannel.of(
            FileChannel.open(file, StandardOpenOption.WRITE), file, new AlignedBuffers());
    filled = ByteBuffer.allocateDirect(buffer);
  }

  /** Each round writes a file that grows, as a download does. */
  @Setup(Level.Invocation)
  public void empty() throws IOException {
    jdk.truncate(0);
  }

  @TearDown
  public void close() throws IOException {
    jdk.close();
    ours.close();
    direct.close();
    Files.delete(file);
  }

  @Benchmark
  public void ours() throws IOException {
    BodyChannel body = new Lending(filled);
    for (long at = 0; at < TOTAL; ) {
      at += ours.transferFrom(body, at, TOTAL - at);
    }
  }

  @Benchmark
  public void direct() throws IOException {
    BodyChannel body = direct.prepare(new Lending(filled), 0, () -> TOTAL);
    for (long at = 0; at < TOTAL; ) {
      at += direct.transferFrom(body, at, TOTAL - at);
    }
  }

  @Benchmark
  public void jdksTransferFrom() throws IOException {
    ReadableByteChannel body = new Lending(filled);
    for (long at = 0; at < TOTAL; ) {
      at += jdk.transferFrom(body, at, Math.min(buffer, TOTAL - at));
    }
  }

  @Benchmark
  public void positionalWrite() throws IOException {
    for (long at = 0; at < TOTAL; ) {
      at += jdk.write(filled.clear(), at);
    }
  }

  @Benchmark
  public void inputStream() throws IOException {
    try (var in = Channels.newInputStream(new Lending(filled))) {
      byte[] copy = new byte[buffer];
      for (long at = 0; at < TOTAL; ) {
        int count = in.read(copy);
        at += jdk.write(ByteBuffer.wrap(copy, 0, count), at);
      }
    }
  }

  /** Endless content in one buffer, which is always full again. */
  private record Lending(ByteBuffer filled) implements BodyChannel {
    @Override
    public ByteBuffer lend() {
      return filled.hasRemaining() ? filled : filled.clear();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      filled.clear();
    }
  }
}

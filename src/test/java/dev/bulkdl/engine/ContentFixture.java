package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Builders;
import dev.bulkdl.ContentFetcher;
import dev.bulkdl.Fetched;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The fixture for downloads without a folder: into memory, to a stream, to a channel. */
abstract class ContentFixture extends EngineFixture {

  /** Larger than every file of these tests. */
  static final int BOUND = 64 << 20;

  final Watch files = Watch.withoutRuns();
  private ContentFetcher opened;

  @AfterEach
  void closeFetcher() {
    if (opened != null) {
      opened.close();
    }
    files.verify();
    assertThat(out).doesNotExist();
  }

  /** The fetcher of the test, with the settings of its first use. */
  synchronized ContentFetcher fetcher() {
    if (opened == null) {
      try {
        opened = builder().open();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return opened;
  }

  ContentFetcher.Builder builder() {
    return Builders.fetcher(settings).listener(files);
  }

  /** Where content goes. */
  enum Target {
    MEMORY,
    STREAM,
    CHANNEL;

    /** Whether bytes that were taken stay. */
    boolean keeps() {
      return this != MEMORY;
    }

    Got fetch(ContentFetcher fetcher, Download file) {
      try {
        return switch (this) {
          case MEMORY -> memory(fetcher.toMemory(file, BOUND));
          case STREAM -> {
            Taken taken = new Taken();
            yield new Got(fetcher.toStream(file, taken), taken.toByteArray(), taken.flushes);
          }
          case CHANNEL -> {
            Sipping taken = new Sipping();
            yield new Got(fetcher.toChannel(file, taken), taken.bytes.toByteArray(), 0);
          }
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Got memory(Fetched fetched) {
      boolean complete = fetched.outcome() instanceof Outcome.Completed;
      assertThat(fetched.isComplete()).isEqualTo(complete);
      return new Got(fetched.outcome(), complete ? fetched.bytes() : new byte[0], 0);
    }
  }

  /** What came of a download, and the bytes that its target has. */
  record Got(Outcome outcome, byte[] bytes, int flushes) {

    Outcome.Completed assertHolds(Payload payload, Proof proof) {
      Outcome.Completed completed = completed(outcome);
      assertThat(bytes).isEqualTo(payload.bytes());
      assertThat(completed.size()).isEqualTo(payload.size());
      assertThat(completed.proof()).isEqualTo(proof);
      return completed;
    }

    /** It failed, and what its target has is the beginning of this payload. */
    Failure assertFailedWithin(Payload payload) {
      Failure failure = failed(outcome);
      assertThat(bytes).isEqualTo(payload.bytes(0, bytes.length));
      assertThat(outcome.effort().downloaded()).isEqualTo(bytes.length);
      return failure;
    }
  }

  /** A stream for the thread that made it. It must not be closed. */
  static class Taken extends ByteArrayOutputStream {
    private final Thread owner = Thread.currentThread();
    int flushes;

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
      assertThat(Thread.currentThread()).isSameAs(owner);
      super.write(bytes, from, count);
    }

    @Override
    public void flush() {
      assertThat(Thread.currentThread()).isSameAs(owner);
      flushes++;
    }

    @Override
    public void close() {
      throw new AssertionError("closed");
    }
  }

  /** A channel that never takes all that it is given. It must not be closed. */
  private static final class Sipping implements WritableByteChannel {
    private static final int SIP = 10_007;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public int write(ByteBuffer source) {
      byte[] sip = new byte[Math.min(SIP, source.remaining())];
      source.get(sip);
      bytes.writeBytes(sip);
      return sip.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      throw new AssertionError("closed");
    }
  }

  Got fetch(Target target, Download file) {
    return target.fetch(fetcher(), file);
  }

  static Download hashed(Download file, Payload payload) {
    return file.withChecksums(List.of(Checksum.parse("sha256:" + payload.sha256())));
  }

  void assertNoRestart() {
    assertThat(files.seen(TransferEvent.Restarted.class)).isEmpty();
  }
}

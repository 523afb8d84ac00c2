package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bulkdl.Fetched;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads into memory: the bound, and what makes them start again. */
class ContentMemoryTest extends ContentFixture {
  private static final int SIZE = (int) PAYLOAD.size();
  private static final Payload OTHER = new Payload(2, PAYLOAD.size());

  private void assertTooLong(Fetched fetched, int bound) {
    Failure failure = failed(fetched.outcome());
    assertThat(failure).isInstanceOf(Failure.Changed.class);
    assertThat(failure.isTransient()).isFalse();
    assertThat(failure.text()).contains("at most " + bound + " bytes are taken into memory");
    assertThat(fetched.isComplete()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(fetched::bytes)
        .withMessageContaining("at most " + bound + " bytes");
  }

  @Test
  void aFileOfExactlyTheBoundFits() {
    assertThat(fetcher().toMemory(a(), SIZE).bytes()).isEqualTo(PAYLOAD.bytes());
    server.always("/a", new Fault.Chunked());
    assertThat(fetcher().toMemory(a(), SIZE).bytes()).isEqualTo(PAYLOAD.bytes());
  }

  @Test
  void anAnnouncedLengthBeyondTheBoundFailsBeforeTheFirstByte() {
    Fetched fetched = fetcher().toMemory(a(), SIZE - 1);
    assertTooLong(fetched, SIZE - 1);
    assertThat(fetched.outcome().effort().discarded()).isZero();
    assertThat(asked()).hasSize(1);
  }

  /** It is not asked for again, and no more than the bound is kept. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 1_000_000})
  void contentBeyondTheBoundFailsWhileItComes(int bound) {
    server.always("/a", new Fault.Chunked());
    Fetched fetched = fetcher().toMemory(a(), bound);
    assertTooLong(fetched, bound);
    assertThat(fetched.outcome().effort().discarded()).isEqualTo(bound);
    assertThat(asked()).hasSize(1);
  }

  @Test
  void aKnownSizeBeyondTheBoundIsNotAskedFor() {
    assertTooLong(fetcher().toMemory(sized(a(), SIZE), SIZE - 1), SIZE - 1);
    assertThat(server.requests()).isEmpty();
    assertThat(files.seen(TransferEvent.FileEnded.class)).hasSize(1);
  }

  /** The test's heap has no room for what is announced. */
  @Test
  void memoryIsTakenAsBytesCome() {
    String lie = "HTTP/1.1 200 OK\r\nContent-Length: 2147483000\r\n\r\nabc";
    retries(0);
    server.always("/a", new Fault.Raw(lie));
    Fetched fetched = fetcher().toMemory(a(), Integer.MAX_VALUE);
    assertThat(failed(fetched.outcome())).isInstanceOf(Failure.Truncated.class);
  }

  @Test
  void anEmptyFileFitsIntoNothing() {
    server.serve("/a", new Payload(1, 0));
    assertThat(fetcher().toMemory(a(), 0).bytes()).isEmpty();
  }

  @Test
  void aNegativeBoundIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> fetcher().toMemory(a(), -1));
    assertThat(server.requests()).isEmpty();
  }

  /** A hash decides in the end, so the rest is built upon without a validator. */
  @Test
  void withAHashTheRestNeedsNoValidator() {
    server.always("/a", new Fault.NoValidator()).with("/a", new Fault.CutAfter(700_000));
    Got got = fetch(Target.MEMORY, hashed(a(), PAYLOAD));
    assertThat(got.assertHolds(PAYLOAD, Proof.SHA256).effort().discarded()).isZero();
    assertThat(asked().getLast().start()).isEqualTo(700_000);
  }

  @Test
  void aServerWithoutRangesIsReadAgainFromTheFirstByte() {
    server.always("/a", new Fault.NoRanges()).with("/a", new Fault.CutAfter(700_000));
    Outcome.Effort effort = fetch(Target.MEMORY, a()).assertHolds(PAYLOAD, Proof.ETAG).effort();
    assertThat(effort.discarded()).isEqualTo(700_000);
    assertThat(asked().getLast().isRanged()).isFalse();
  }

  @Test
  void aFileThatGetsShorterIsNotFilledUpWithItsOldEnd() {
    Payload shorter = new Payload(3, 100_000);
    server.with("/a", new Fault.CutAfter(700_000), new Fault.ChangedTo(shorter));
    fetch(Target.MEMORY, a()).assertHolds(shorter, Proof.ETAG);
  }

  @Test
  void aFileThatChangesAllTheTimeEnds() {
    retries(5);
    server.always("/a", new Fault.EtagPerRequest(), new Fault.CutAfter(700_000));
    Fetched fetched = fetcher().toMemory(a(), BOUND);
    assertThat(failed(fetched.outcome())).isInstanceOf(Failure.Truncated.class);
    assertThat(asked().size()).isLessThan(20);
  }

  @Test
  void rangesThatAreRefusedAndThenTheWholeTooAreGivenUp() {
    server.always("/a", new Fault.UnaskedRange(10));
    Fetched fetched = fetcher().toMemory(a(), BOUND);
    assertThat(failed(fetched.outcome())).isInstanceOf(Failure.Range.class);
    assertThat(asked().size()).isLessThan(10);
  }

  /** Under one tag, so that only the hash tells. */
  @Test
  void bytesOfAnotherVersionAreFoundByTheHash() {
    server.with("/a", SeenRequest::isGet, new Fault.OverwrittenAfter(700_000, OTHER));
    fetch(Target.MEMORY, hashed(a(), OTHER)).assertHolds(OTHER, Proof.SHA256);
    assertThat(files.seen(TransferEvent.Restarted.class)).hasSize(1);
  }
}

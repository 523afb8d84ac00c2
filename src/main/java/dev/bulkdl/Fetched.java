package dev.bulkdl;

import dev.bulkdl.model.Outcome;
import java.util.Optional;

/**
 * A download into memory: its outcome, and its content if it is complete. See {@link
 * ContentFetcher#toMemory}. Immutable, apart from the content.
 */
public final class Fetched {

  private final Outcome outcome;
  private final Optional<byte[]> content;

  Fetched(Outcome outcome, Optional<byte[]> content) {
    this.outcome = outcome;
    this.content = content;
  }

  /** Returns how the download ended: size in bytes, proof and effort, or the failure. */
  public Outcome outcome() {
    return outcome;
  }

  /** Returns true if all bytes are here and were checked. */
  public boolean isComplete() {
    return content.isPresent();
  }

  /**
   * Returns the whole content. It is not copied, and belongs to the caller.
   *
   * @throws IllegalStateException when the download is not complete; the message tells the failure
   */
  public byte[] bytes() {
    return content.orElseThrow(() -> new IllegalStateException("no content: " + why()));
  }

  private String why() {
    return outcome instanceof Outcome.Failed failed ? failed.failure().shown() : outcome.status();
  }
}

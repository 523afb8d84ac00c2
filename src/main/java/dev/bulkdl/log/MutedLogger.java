package dev.bulkdl.log;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a library quiet while it loads its native code: where it cannot, as without a temporary
 * folder, the program does without, and a stack trace on the screen helps nobody.
 */
public final class MutedLogger implements AutoCloseable {

  private final Logger logger;
  private final @Nullable Level before;

  private MutedLogger(Logger logger) {
    this.logger = logger;
    this.before = logger.getLevel();
  }

  /** Mutes the logger of this name until it is closed. */
  public static MutedLogger of(String name) {
    MutedLogger muted = new MutedLogger(Logger.getLogger(name));
    muted.logger.setLevel(Level.OFF);
    return muted;
  }

  @Override
  public void close() {
    logger.setLevel(before);
  }
}

package dev.bulkdl.app;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferListener;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Where a use case reads, speaks and is watched: the terminal of the command line, or {@link
 * SilentConsole} for callers from Java. Messages are about the work, lines are its result.
 */
public interface Console {

  /** What the manifest {@code -} is read from. */
  InputStream in();

  /** Tells the user something about the work. Secrets and control characters are removed here. */
  void say(String message);

  /** Tells what is good to know and no trouble; a user who wants quiet does not see it. */
  void note(String message);

  /** The stream of the result, for bytes. A write fails if its reader is gone. */
  OutputStream out();

  /** Adds a line to the result. It is shown as it is. */
  void print(String line);

  /**
   * The result is complete: what was printed reaches its reader now.
   *
   * @return false when something that was printed is lost, as on a full disk or a closed pipe
   */
  boolean flush();

  /**
   * Hears the signals that stop the work, until closed.
   *
   * @param stop runs at the first signal, in a thread of its own
   * @param beforeExit runs before a second signal ends the process, and returns quickly
   */
  Interrupts interrupts(Runnable stop, Runnable beforeExit);

  /** The same with nothing to do before the process ends. */
  default Interrupts interrupts(Runnable stop) {
    return interrupts(stop, () -> {});
  }

  /**
   * Shows a run while it lasts.
   *
   * @param control steers the run, for a view with keys
   * @param stop stops the run and all that goes along with it
   */
  View view(RunControl control, Runnable stop);

  /** What stops the work from outside, such as signals, while it is heard. */
  interface Interrupts extends AutoCloseable {

    /** The exit code by what stopped the work, else this one. */
    int exitCode(int otherwise);

    /** Says why the work was stopped, where the user cannot know. */
    void explain();

    @Override
    void close();
  }

  /** A run that is being shown. */
  interface View extends AutoCloseable {

    /** Sees the run. */
    TransferListener listener();

    /**
     * Shows a line that is no event of the run. Secrets and control characters are removed here.
     */
    void say(String line);

    /** Shows nothing more, and leaves the terminal as it was found. May be called again. */
    void release();

    @Override
    void close();
  }
}

package dev.bulkdl.cli;

import dev.bulkdl.hook.UsersLocale;
import dev.bulkdl.text.Redaction;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The standard streams of the process.
 *
 * @param out for the summary or the result of another command
 * @param err for progress and messages
 * @param environment identifies the terminal of these streams, if any
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

  /** Prints a message about the work on standard error. Results go to standard output. */
  void say(String message) {
    err.println("bulkdl: " + Redaction.of(message));
  }

  /**
   * Returns the character set of the user's screen. It comes from the user's locale, not from the
   * UTF-8 locale that bulkdl may use for file names.
   */
  Charset charset() {
    return UsersLocale.isReplaced(environment) ? StandardCharsets.US_ASCII : err.charset();
  }

  /** Whether something that was printed to standard output did not get there. */
  boolean hasLostOutput() {
    return out.checkError();
  }

  PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}

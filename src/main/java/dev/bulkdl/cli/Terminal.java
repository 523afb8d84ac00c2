package dev.bulkdl.cli;

import dev.bulkdl.hook.UsersLocale;
import dev.bulkdl.model.Redaction;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The three streams of the process.
 *
 * @param out for the summary, or what else a command is asked for
 * @param err for progress and messages
 * @param environment says which terminal these streams belong to, if any
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

  /** Tells the user something about the work, not its result. */
  void say(String message) {
    err.println("bulkdl: " + Redaction.of(message));
  }

  /** What its screen can show: the user's locale, not the one that bulkdl may have for names. */
  Charset charset() {
    return UsersLocale.isReplaced(environment) ? StandardCharsets.US_ASCII : err.charset();
  /** Whether something that was printed to standard output did not get there. */
  boolean hasLostOutput() {
    return out.checkError();
  }

  PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}

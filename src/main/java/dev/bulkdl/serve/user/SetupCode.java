package dev.bulkdl.serve.user;

import dev.bulkdl.disk.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The code that proves that the first user may see this machine's files. It lies in the state
 * folder, readable for the owner only, until there is a user.
 */
public final class SetupCode {

  private static final String NAME = "setup-code";
  private static final int BYTES = 16;
  private static final int GROUP = 4;

  /** Without characters that look alike. */
  private static final String DIGITS = "abcdefghjkmnpqrstuvwxyz023456789";

  private static final Pattern SEPARATORS = Pattern.compile("[\\s-]");

  private final Path file;

  public SetupCode(Path stateDir) {
    this.file = stateDir.resolve(NAME);
  }

  public Path file() {
    return file;
  }

  /** Returns the code of the folder, and makes one if there is none. */
  public String code() throws IOException {
    Optional<String> kept = kept();
    if (kept.isPresent()) {
      return kept.get();
    }
    String code = make(new Secrets().bytes(BYTES));
    Files.deleteIfExists(file);
    OwnerOnly.createFile(file);
    Files.writeString(file, code + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    return code;
  }

  private Optional<String> kept() throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Returns whether this is the code. Case, blanks and hyphens do not matter. */
  boolean matches(String given) throws IOException {
    Optional<String> kept = kept();
    return kept.isPresent() && Secrets.equal(plain(given), plain(kept.get()));
  }

  /** Ends the code, when there is a user. */
  public void end() throws IOException {
    Files.deleteIfExists(file);
  }

  private static String plain(String code) {
    return SEPARATORS.matcher(code).replaceAll("").toLowerCase(Locale.ROOT);
  }

  /** Writes 128 bits with 5 in each digit, in groups. */
  private static String make(byte[] random) {
    StringBuilder code = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte each : random) {
      held = (held << 8) | (each & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        append(code, (held >> bits) & 31);
      }
      held &= (1 << bits) - 1;
    }
    append(code, (held << (5 - bits)) & 31);
    return code.toString();
  }

  private static void append(StringBuilder code, int digit) {
    if (code.length() % (GROUP + 1) == GROUP) {
      code.append('-');
    }
    code.append(DIGITS.charAt(digit));
  }
}

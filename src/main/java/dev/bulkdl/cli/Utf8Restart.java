package dev.bulkdl.cli;

import dev.bulkdl.hook.UsersLocale;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides on a restart in a UTF-8 locale. The JVM takes the encoding of file names from the locale
 * at its start. It has replaced undecodable characters of the arguments before {@code main} runs.
 * Arguments and environment are passed on as their original bytes. Pure.
 */
final class Utf8Restart {

  static final String LOCALE = "C.UTF-8";

  private static final byte[] LC_ALL = ascii("LC_ALL=");
  private static final byte[] USERS_LOCALE = ascii(UsersLocale.VARIABLE + "=");

  private Utf8Restart() {}

  /**
   * Returns true if a restart helps. It is not tried twice, because the locale may be missing on
   * this system. It is not tried if an argument is not UTF-8, because then the file names of the
   * user are in the encoding of the locale.
   */
  static boolean helps(List<byte[]> arguments, List<byte[]> environment) {
    byte[] done = ascii("LC_ALL=" + LOCALE);
    return environment.stream().noneMatch(variable -> Arrays.equals(variable, done))
        && arguments.stream().allMatch(Utf8Restart::isUtf8);
  }

  /**
   * Returns the environment with the new locale. It also keeps the user's locale, for commands of
   * the user.
   */
  static List<byte[]> inUtf8(List<byte[]> environment) {
    List<byte[]> changed = new ArrayList<>();
    byte[] before = LC_ALL;
    byte[] kept = USERS_LOCALE;
    for (byte[] variable : environment) {
      if (startsWith(variable, LC_ALL)) {
        before = variable;
      } else if (startsWith(variable, USERS_LOCALE)) {
        kept = variable;
      } else {
        changed.add(variable);
      }
    }
    changed.add(ascii("LC_ALL=" + LOCALE));
    // The value kept by scripts/bulkdl has priority: the script has already changed the locale.
    changed.add(kept.length > USERS_LOCALE.length ? kept : joined(kept, before));
    return changed;
  }

  private static boolean isUtf8(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean startsWith(byte[] text, byte[] start) {
    return text.length >= start.length
        && Arrays.equals(text, 0, start.length, start, 0, start.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

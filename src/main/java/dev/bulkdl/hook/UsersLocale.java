package dev.bulkdl.hook;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user's locale, if bulkdl was started in another one to be able to name files in UTF-8. An
 * environment variable keeps it as words such as {@code LC_ALL=C}. A word without a value stands
 * for a variable that was not set. Commands of the user receive the original environment.
 */
public final class UsersLocale {

  /** The name of the variable; {@code scripts/bulkdl} sets it too. */
  public static final String VARIABLE = "BULKDL_USERS_LOCALE";

  private static final Pattern WORD = Pattern.compile("(L[A-Z_]+)=(\\S*)");

  private UsersLocale() {}

  /**
   * True if this process runs in another locale than the user's, because the user's is not UTF-8.
   */
  public static boolean isReplaced(Map<String, String> environment) {
    return environment.containsKey(VARIABLE);
  }

  /** Restores the locale variables in this modifiable environment. */
  public static void restore(Map<String, String> environment) {
    String kept = environment.remove(VARIABLE);
    Matcher words = WORD.matcher(kept == null ? "" : kept);
    while (words.find()) {
      if (words.group(2).isEmpty()) {
        environment.remove(words.group(1));
      } else {
        environment.put(words.group(1), words.group(2));
      }
    }
  }
}

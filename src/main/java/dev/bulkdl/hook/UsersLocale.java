package dev.bulkdl.hook;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The locale that the user has set, where bulkdl was started in another one so that it can name
 * files in UTF-8. A variable of the environment keeps it, as words such as {@code LC_ALL=C}; a word
 * without a value stands for a variable that was not set. Commands of the user see the environment
 * as it was.
 */
public final class UsersLocale {

  /** The variable; {@code scripts/bulkdl} sets it too. */
  public static final String VARIABLE = "BULKDL_USERS_LOCALE";

  private static final Pattern WORD = Pattern.compile("(L[A-Z_]+)=(\\S*)");

  private UsersLocale() {}

  /** Whether this process runs in another locale than the user's, which is not UTF-8. */
  public static boolean isReplaced(Map<String, String> environment) {
    return environment.containsKey(VARIABLE);
  }

  /** Gives the variables of the locale their values back, in an environment that can be changed. */
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

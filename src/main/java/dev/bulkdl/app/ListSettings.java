package dev.bulkdl.app;

import dev.bulkdl.settings.ListedOrigins;
import dev.bulkdl.settings.Settings;
import java.util.List;
import java.util.Optional;

/** Settings for the origins of one list: a header that is a credential must not reach several. */
final class ListSettings {

  /** The most hosts that a message names. */
  private static final int MOST_NAMED = 5;

  private ListSettings() {}

  /**
   * The settings for a list with these origins. Warns once of what the user may not have meant.
   *
   * @return empty, with the reason said, when nothing may be requested
   */
  static Optional<Settings> of(Settings settings, ListedOrigins list, Console console) {
    Settings forList = settings.forList(list);
    Optional<String> refusal = forList.refusal();
    if (refusal.isPresent()) {
      console.say("nothing was done: " + refusal.get());
      return Optional.empty();
    }
    if (settings.http().insecure()) {
      console.say("warning: --insecure, certificates and host names are not checked");
    }
    warnOfPlain(forList.http().scopes().plainHosts(), console);
    return Optional.of(forList);
  }

  private static void warnOfPlain(List<String> hosts, Console console) {
    if (hosts.isEmpty()) {
      return;
    }
    int more = hosts.size() - MOST_NAMED;
    console.say(
        "warning: the list says http, so headers go without encryption to "
            + String.join(", ", hosts.subList(0, Math.min(MOST_NAMED, hosts.size())))
            + (more > 0 ? " and " + more + " more" : ""));
  }
}

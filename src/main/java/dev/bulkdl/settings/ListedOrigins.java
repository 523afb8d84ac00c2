package dev.bulkdl.settings;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.ScopedHeader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the URLs of a list say about where credentials may go. Its size does not grow with the list.
 *
 * @param first the first origins, {@value #SHOWN} at most
 * @param more whether the list has others
 * @param plainHosts the hosts that a header is given for and that the list names with http
 */
public record ListedOrigins(List<Origin> first, boolean more, Set<String> plainHosts) {

  static final int SHOWN = 10;

  /** Beyond these, a row's own host may still see what is given for it, by that row's URL. */
  private static final int MOST_PLAIN_HOSTS = 10_000;

  public ListedOrigins {
    first = List.copyOf(first);
    plainHosts = Set.copyOf(plainHosts);
  }

  /** Returns the origins of these files. */
  public static ListedOrigins of(Collection<Download> files, List<ScopedHeader> scoped) {
    Collector collector = new Collector(scoped);
    files.forEach(file -> collector.add(file.origin()));
    return collector.result();
  }

  /** Returns true if this is the only origin of the list. */
  boolean isOnly(Origin origin) {
    return !more && first.equals(List.of(origin));
  }

  /** Returns true if the list requests this host without encryption. */
  boolean saysHttpFor(Origin origin) {
    return plainHosts.contains(origin.canonicalHost());
  }

  /** Collects the origins of a list one by one. Not thread-safe. */
  public static final class Collector {

    private final List<ScopedHeader> scoped;
    private final List<Origin> first = new ArrayList<>();
    private final Set<String> plainHosts = new HashSet<>();
    private Optional<Origin> last = Optional.empty();
    private boolean more;

    /**
     * @param scoped the headers that are given for hosts
     */
    public Collector(List<ScopedHeader> scoped) {
      this.scoped = List.copyOf(scoped);
    }

    public void add(Origin origin) {
      if (last.filter(origin::equals).isPresent()) {
        return;
      }
      last = Optional.of(origin);
      if (!first.contains(origin)) {
        if (first.size() < SHOWN) {
          first.add(origin);
        } else {
          more = true;
        }
      }
      if (!origin.isEncrypted()
          && plainHosts.size() < MOST_PLAIN_HOSTS
          && scoped.stream().anyMatch(header -> header.scope().coversHostOf(origin))) {
        plainHosts.add(origin.canonicalHost());
      }
    }

    public ListedOrigins result() {
      return new ListedOrigins(first, more, plainHosts);
    }
  }
}

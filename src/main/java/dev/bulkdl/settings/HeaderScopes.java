package dev.bulkdl.settings;

import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.text.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which credentials which hosts may see.
 *
 * @param headers sent to the hosts that each is given for, wherever a redirect leads; over http
 *     only where the list itself says http for that host
 * @param list the origins of the list that is downloaded; without it, credentials that are given
 *     for no host are sent to nobody
 */
public record HeaderScopes(List<ScopedHeader> headers, Optional<ListedOrigins> list) {

  public static final HeaderScopes NONE = new HeaderScopes(List.of(), Optional.empty());

  public HeaderScopes {
    headers = List.copyOf(headers);
  }

  /** Returns true if a header without a host may go to this origin, which is that of a row. */
  public boolean allowsUnscoped(String name, Origin own) {
    return !HeaderField.isCredential(name)
        || list.filter(origins -> origins.isOnly(own)).isPresent();
  }

  /**
   * Returns the headers for a request to this origin. If several have one name, the narrowest scope
   * counts.
   *
   * @param listed whether the origin's host is asked because the list says so, with this scheme
   */
  public List<ScopedHeader> headersTo(Origin origin, boolean listed) {
    if (headers.isEmpty() || !(listed || mayAsk(origin))) {
      return List.of();
    }
    List<ScopedHeader> covering = headers.stream().filter(h -> h.scope().covers(origin)).toList();
    return covering.stream().filter(header -> isNarrowest(header, covering)).toList();
  }

  private boolean mayAsk(Origin origin) {
    return origin.isEncrypted() || list.filter(all -> all.saysHttpFor(origin)).isPresent();
  }

  private static boolean isNarrowest(ScopedHeader header, List<ScopedHeader> covering) {
    return covering.stream()
        .filter(other -> other.name().equalsIgnoreCase(header.name()))
        .noneMatch(o -> HostScope.BY_NARROWNESS.compare(o.scope(), header.scope()) > 0);
  }

  /** Returns the hosts with a header of their own that the list requests over http, in order. */
  public List<String> plainHosts() {
    return list.map(ListedOrigins::plainHosts).map(TreeSet::new).stream()
        .flatMap(Set::stream)
        .toList();
  }

  /**
   * Returns why a run is refused: a credential has no host, and the list has several origins.
   *
   * @param unscoped the names of the headers that are given for no host
   * @param probe the origin of the URL that is probed, which counts as one of the list
   */
  Optional<String> refusal(List<String> unscoped, Optional<Origin> probe) {
    Optional<String> credential = unscoped.stream().filter(HeaderField::isCredential).findFirst();
    if (credential.isEmpty() || list.isEmpty()) {
      return credential.map(
          name -> "the header " + name + " is a credential, and the list's origins are not known");
    }
    List<Origin> origins = new ArrayList<>(list.get().first());
    probe.filter(one -> !origins.contains(one)).ifPresent(origins::add);
    return credential
        .filter(name -> origins.size() > 1)
        .map(name -> severalOrigins(name, origins, list.get().more()));
  }

  private static String severalOrigins(String name, List<Origin> origins, boolean more) {
    String names = String.join(", ", origins.stream().map(Origin::toString).toList());
    return "the header %s is a credential, and there is more than one origin: %s%s; "
            .formatted(name, names, more ? " and others" : "")
        + "give it for the host that may see it: --header-for HOST '%s: …'".formatted(name);
  }
}

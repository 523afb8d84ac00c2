package dev.bulkdl.transfer;

import dev.bulkdl.event.RunProgress.HostSnapshot;
import java.util.List;
import java.util.OptionalLong;

/**
 * The state of a run's network and disk resources at one moment, for {@link
 * dev.bulkdl.event.RunProgress}. Immutable.
 *
 * @param retries the retries of the run so far
 * @param allowed the number of connections that are allowed now
 * @param freeSpace the free bytes in the output folder, if known
 * @param hosts the origins with a connection or a pause
 */
public record ResourceSnapshot(
    long retries, int allowed, OptionalLong freeSpace, List<HostSnapshot> hosts) {

  public ResourceSnapshot {
    hosts = List.copyOf(hosts);
  }
}

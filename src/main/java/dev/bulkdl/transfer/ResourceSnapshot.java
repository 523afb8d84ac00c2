package dev.bulkdl.transfer;

import dev.bulkdl.event.RunProgress.HostSnapshot;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the network and the disk have for a run at one moment, as {@link
 * dev.bulkdl.event.RunProgress} shows it.
 */
public record ResourceSnapshot(
    long retries, int allowed, OptionalLong freeSpace, List<HostSnapshot> hosts) {

  public ResourceSnapshot {
    hosts = List.copyOf(hosts);
  }
}

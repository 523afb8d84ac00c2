package dev.bulkdl.settings;

import dev.bulkdl.model.Algorithm;
import java.util.Optional;

/**
 * What is recorded about each file besides its content.
 *
 * @param remoteTime true if a file gets the date of its Last-Modified field as its own
 * @param hash the hash that is computed for every file, in addition to those that the list gives
 * @param inventory true if the output folder's inventory notes the file
 * @param attribute true if a file in a folder without an inventory gets its URL as the extended
 *     attribute {@code user.xdg.origin.url}
 */
public record RecordSettings(
    boolean remoteTime, Optional<Algorithm> hash, boolean inventory, boolean attribute) {

  /** Files get the remote date and are noted; only the hashes of the list are computed. */
  public static final RecordSettings DEFAULTS =
      new RecordSettings(true, Optional.empty(), true, false);

  public RecordSettings withRemoteTime(boolean wanted) {
    return new RecordSettings(wanted, hash, inventory, attribute);
  }

  public RecordSettings withHash(Algorithm algorithm) {
    return new RecordSettings(remoteTime, Optional.of(algorithm), inventory, attribute);
  }

  public RecordSettings withInventory(boolean wanted) {
    return new RecordSettings(remoteTime, hash, wanted, attribute);
  }

  public RecordSettings withAttribute(boolean wanted) {
    return new RecordSettings(remoteTime, hash, inventory, wanted);
  }
}

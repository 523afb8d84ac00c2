package dev.bulkdl.transfer;

import dev.bulkdl.model.Version;
import java.util.Optional;
import java.util.OptionalLong;

/** Versions for tests. */
final class Versions {

  static final String TAG = "\"v1\"";
  static final String MODIFIED = "Sun, 01 Jun 2025 12:00:00 GMT";
  static final String LATER = "Sun, 01 Jun 2025 13:00:00 GMT";

  private Versions() {}

  /**
   * Returns a version with this tag (strong, weak or null) and this length (unknown if negative).
   */
  static Version tagged(String tag, long total) {
    return version(tag, null, null, total);
  }

  static Version strong(long total) {
    return tagged(TAG, total);
  }

  static Version none(long total) {
    return tagged(null, total);
  }

  static Version dated(String modified, long total) {
    return version(null, modified, LATER, total);
  }

  static Version encoded(long total) {
    return strong(total).withFormat(new Version.Format(Optional.empty(), Optional.of("gzip")));
  }

  private static Version version(String tag, String modified, String date, long total) {
    return new Version(
        Optional.ofNullable(tag),
        Optional.ofNullable(modified),
        Optional.ofNullable(date),
        total < 0 ? OptionalLong.empty() : OptionalLong.of(total));
  }
}

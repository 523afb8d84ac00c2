package dev.bulkdl;

import dev.bulkdl.settings.Settings;

/** Makes downloaders with settings that only tests and the command line have. */
public final class Builders {

  private Builders() {}

  public static BulkDownloader.Builder downloader(Settings settings) {
    return BulkDownloader.with(settings);
  }

  public static ContentFetcher.Builder fetcher(Settings settings) {
    return ContentFetcher.with(settings);
  }
}

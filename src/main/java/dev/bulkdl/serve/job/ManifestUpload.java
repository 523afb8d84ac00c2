package dev.bulkdl.serve.job;

import java.io.InputStream;
import java.util.List;

/** Where the rows of a job come from. */
public sealed interface ManifestUpload {

  /** The name of the file, or of the job. */
  String name();

  /**
   * A manifest: CSV or a list of URLs, plain or compressed by gzip.
   *
   * @param content is read to its end once and not closed
   */
  record Stream(String name, InputStream content) implements ManifestUpload {}

  /** URLs, one a line, or the text of a manifest. */
  record Text(String name, String text) implements ManifestUpload {}

  /** Returns these URLs as a list. */
  static ManifestUpload urls(String name, List<String> urls) {
    return new Text(name, String.join("\n", urls) + "\n");
  }
}

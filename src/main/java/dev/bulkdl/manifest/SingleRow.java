package dev.bulkdl.manifest;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.TargetName;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Builds one row without a manifest file, from a URL as the user writes it and an optional name.
 */
public final class SingleRow {

  private SingleRow() {}

  /**
   * Parses the URL by the same rules as a cell of a manifest. Without a name, the last part of the
   * URL is the name.
   *
   * @throws IllegalArgumentException when the URL or the name is not allowed; the message gives the
   *     reason
   */
  public static Download read(String url, Optional<String> name) {
    URI source = UrlText.parse(url);
    TargetName target = TargetName.of(name.orElseGet(() -> UrlText.fileName(source)));
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("filename", target.value());
    columns.put("url", url);
    return new Download(0, target, source, OptionalLong.empty(), List.of(), columns);
  }
}

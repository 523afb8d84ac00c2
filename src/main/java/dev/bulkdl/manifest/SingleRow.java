package dev.bulkdl.manifest;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.TargetName;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One row that stands in no file: a URL as people write it, and maybe a name. */
public final class SingleRow {

  private SingleRow() {}

  /**
   * Reads the URL by the rules of a manifest's cell; without a name, the URL's last part is the
   * name.
   *
   * @throws IllegalArgumentException when one of them is not allowed; the message says why
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

package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.ManifestUpload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The list of a job, as a request brings it. */
final class Uploads {

  private static final String PASTED = "pasted";

  private Uploads() {}

  /** What is done with a list while its file is open. */
  @FunctionalInterface
  interface Use<T> {
    T with(ManifestUpload upload);
  }

  /**
   * Gives the list of a request to {@code use}.
   *
   * @param urls of the JSON body; not used if a file was uploaded
   */
  static <T> T use(Call call, Optional<JsonNode> urls, Use<T> use) throws IOException {
    if (call.payload() instanceof Payload.Upload upload) {
      try (InputStream content = Files.newInputStream(upload.file())) {
        return use.with(new ManifestUpload.Stream(upload.name(), content));
      }
    }
    return use.with(
        urls.map(Uploads::pasted)
            .orElseThrow(
                () ->
                    Problem.field(
                        "urls", "send a list of URLs, or upload a manifest as multipart")));
  }

  static ManifestUpload pasted(JsonNode urls) {
    if (urls.isString()) {
      return new ManifestUpload.Text(PASTED, urls.stringValue());
    }
    if (!urls.isArray() || urls.isEmpty()) {
      throw Problem.field("urls", "write a list of URLs, or a text with one URL a line");
    }
    List<String> lines = new ArrayList<>();
    for (JsonNode url : urls) {
      String line = url.isString() ? url.stringValue() : "";
      if (line.isBlank() || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
        throw Problem.field("urls[" + lines.size() + "]", "write one URL");
      }
      lines.add(line);
    }
    return ManifestUpload.urls(PASTED, lines);
  }
}

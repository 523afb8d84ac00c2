package dev.bulkdl.manifest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Manifests from text on standard input, and the rows and errors that they give. */
final class Texts {

  private Texts() {}

  static Manifest open(String text) {
    return open(text.getBytes(StandardCharsets.UTF_8));
  }

  static Manifest open(byte[] bytes) {
    return Manifest.open("-", new ByteArrayInputStream(bytes));
  }

  static List<ManifestRow> rows(String text) {
    try (Manifest manifest = open(text)) {
      return rows(manifest);
    }
  }

  static List<ManifestRow> rows(Manifest manifest) {
    List<ManifestRow> all = new ArrayList<>();
    try (ManifestRows rows = manifest.rows()) {
      rows.forEachRemaining(all::add);
    }
    return all;
  }

  /** Returns each good row as {@code line target source}, and the errors of each bad row. */
  static List<String> told(String text) {
    return rows(text).stream().map(Texts::told).toList();
  }

  static String told(ManifestRow row) {
    return switch (row) {
      case ManifestRow.Good good ->
          good.line() + " " + good.download().target() + " " + good.download().source();
      case ManifestRow.Bad bad ->
          String.join(" | ", bad.errors().stream().map(ManifestError::toString).toList());
    };
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static InputStream noInput() {
    return InputStream.nullInputStream();
  }
}

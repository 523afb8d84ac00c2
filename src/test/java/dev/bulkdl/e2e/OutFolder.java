package dev.bulkdl.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** An output folder, read as scripts of users would. */
record OutFolder(Path path) {

  boolean exists() {
    return Files.exists(path);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** A file of the folder {@code .bulkdl}. */
  Path own(String name) {
    return path.resolve(".bulkdl").resolve(name);
  }

  List<String> ownLines(String name) {
    try {
      return Files.readAllLines(own(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of results.csv, by column. */
  List<Map<String, String>> results() {
    return rows("results.csv");
  }

  /** The one row of results.csv for this file. */
  Map<String, String> result(String filename) {
    List<Map<String, String>> rows =
        results().stream().filter(row -> filename.equals(row.get("filename"))).toList();
    if (rows.size() != 1) {
      throw new AssertionError("rows for " + filename + ": " + rows);
    }
    return rows.getFirst();
  }

  /** The rows of failed.csv, by column. */
  List<Map<String, String>> failed() {
    return rows("failed.csv");
  }

  JsonNode report() {
    return JsonMapper.shared().readTree(own("report.json"));
  }

  private List<Map<String, String>> rows(String name) {
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(String.join("\n", ownLines(name)))) {
      return rows.readAll();
    }
  }
}

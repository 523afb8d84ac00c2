package dev.bulkdl.manifest;

import dev.bulkdl.model.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Collects all errors of one row, so that the user sees them together. */
final class RowErrors {

  private final long line;
  private final ColumnLayout layout;
  private final List<ManifestError> errors = new ArrayList<>(0);

  RowErrors(long line, ColumnLayout layout) {
    this.line = line;
    this.layout = layout;
  }

  List<ManifestError> all() {
    return errors;
  }

  /**
   * Returns the result of the parser. If the parser throws IllegalArgumentException, its message
   * becomes an error of this cell and the result is empty.
   */
  <T> Optional<T> parse(Column column, String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      String shown = column == Column.URL ? Excerpt.ofUrl(text) : Excerpt.of(text);
      add(column, new Failure.Name(e.getMessage() + ": " + shown));
      return Optional.empty();
    }
  }

  /**
   * Does the same as {@link #parse} for the URL. Its error is the failure that a request to this
   * URL would have.
   */
  <T> Optional<T> url(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      String shown = text.isBlank() ? "" : ": " + Excerpt.ofUrl(text);
      add(Column.URL, new Failure.Http(0, e.getMessage() + shown, Optional.empty()));
      return Optional.empty();
    }
  }

  void add(Column column, Failure failure) {
    int position = layout.positions().getOrDefault(column, -1);
    add(position, failure);
  }

  /** Adds an error of the cell at this position, from 0. */
  void add(int position, String reason) {
    add(position, new Failure.Name(reason));
  }

  private void add(int position, Failure failure) {
    List<String> names = layout.names();
    String name = position >= 0 && position < names.size() ? Excerpt.name(names.get(position)) : "";
    errors.add(new ManifestError(line, position + 1, name, failure));
  }
}

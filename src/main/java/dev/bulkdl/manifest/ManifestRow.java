package dev.bulkdl.manifest;

import dev.bulkdl.model.Download;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One row of a manifest. Blank lines and comments are not rows. */
public sealed interface ManifestRow {

  /** The physical line, from 1, on which the row begins. */
  long line();

  /** The unchanged cells by the names of {@link Manifest#header()}, in the order of the header. */
  Map<String, String> columns();

  /** A row that can be fetched. */
  record Good(Download download) implements ManifestRow {

    @Override
    public long line() {
      return download.line();
    }

    @Override
    public Map<String, String> columns() {
      return download.columns();
    }
  }

  /** A row with at least one error. {@code errors} holds all errors that are known. */
  record Bad(long line, Map<String, String> columns, List<ManifestError> errors)
      implements ManifestRow {

    public Bad {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
      errors = List.copyOf(errors);
    }
  }
}

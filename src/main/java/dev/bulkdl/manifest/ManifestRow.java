package dev.bulkdl.manifest;

import dev.bulkdl.model.Download;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One row of a manifest that is neither blank nor a comment. */
public sealed interface ManifestRow {

  /** The physical line, from 1, on which the row begins. */
  long line();

  /** The cells as they stood, by {@link Manifest#header()}'s names and in its order. */
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

  /** A row in which something is wrong: {@code errors} holds at least one, all that are known. */
  record Bad(long line, Map<String, String> columns, List<ManifestError> errors)
      implements ManifestRow {

    public Bad {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
      errors = List.copyOf(errors);
    }
  }
}

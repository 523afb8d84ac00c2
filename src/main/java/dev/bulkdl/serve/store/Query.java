package dev.bulkdl.serve.store;

import java.sql.SQLException;

/**
 * What is done inside one transaction.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface Query<T> {

  /** Reads, or writes and reads. An exception takes everything back. */
  T run(Sql sql) throws SQLException;
}

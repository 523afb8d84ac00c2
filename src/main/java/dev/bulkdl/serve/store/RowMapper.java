package dev.bulkdl.serve.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Makes a value of the current row of a result.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface RowMapper<T> {

  T map(ResultSet row) throws SQLException;
}

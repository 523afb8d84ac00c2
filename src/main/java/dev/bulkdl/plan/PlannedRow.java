package dev.bulkdl.plan;

import dev.bulkdl.model.RangeSupport;
import java.util.OptionalLong;

/**
 * What would become of one row.
 *
 * @param name the target's, or where a row that names none stands; not yet fit to be shown
 * @param size the file's length in bytes, where the server or the manifest tells it
 */
public record PlannedRow(
    String name, OptionalLong size, RangeSupport ranges, PlannedAction action) {}

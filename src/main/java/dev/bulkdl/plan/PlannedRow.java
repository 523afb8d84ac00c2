package dev.bulkdl.plan;

import dev.bulkdl.model.RangeSupport;
import java.util.OptionalLong;

/**
 * The plan for one row.
 *
 * @param name the target's name, or the line of a bad row; not redacted
 * @param size the file's length in bytes, if the server or the manifest states it
 * @param ranges the server's support for ranges
 * @param action what a run would do
 */
public record PlannedRow(
    String name, OptionalLong size, RangeSupport ranges, PlannedAction action) {}

package dev.bulkdl.serve.web;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next the cursor of the next part; null for the last one
 */
record PageJson<T>(List<T> items, Optional<String> next, long total) {}

/**
 * Reads manifests as a stream of rows and reports their errors with line and column. CSV parsing,
 * the encoding of the text, the meaning of columns, and the parsing of URLs belong here. Planning,
 * downloading, and files on disk do not. This package uses only {@code model}. The root package,
 * {@code plan}, {@code bench}, {@code app} and {@code cli} may call it. A manifest and its passes
 * are for one thread at a time.
 */
@NullMarked
package dev.bulkdl.manifest;

import org.jspecify.annotations.NullMarked;

/**
 * The download of one file, from its first request to its final name: the resume point, requests
 * and redirects, segments, retries, hashes, the closing check, and the rename. It also decides what
 * an existing file means, for a run and for a plan. Jetty, the format of journals, and the choice
 * which files run at a time do not belong here; they are in {@code http}, {@code disk} and {@code
 * run}. This package uses {@code model}, {@code time}, {@code control}, {@code event}, {@code disk}
 * and {@code http}. The root package, {@code run}, {@code plan} and {@code app} may call it. The
 * objects of one run or one file that several connections share are thread-safe; the others say
 * which thread uses them.
 */
@NullMarked
package dev.bulkdl.transfer;

import org.jspecify.annotations.NullMarked;

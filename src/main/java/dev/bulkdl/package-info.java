/**
 * The public entry points of the library: downloader, engine, session, run handle, result and exit
 * codes. Wiring of the other packages belongs here. Files and messages for users do not; they are
 * in {@code app}. This package uses {@code model}, {@code time}, {@code control}, {@code event},
 * {@code manifest}, {@code disk}, {@code http}, {@code transfer}, {@code run}, {@code plan} and
 * {@code report}. Programs that embed the library call it, and {@code bench}, {@code app} and
 * {@code cli}.
 */
@NullMarked
package dev.bulkdl;

import org.jspecify.annotations.NullMarked;

/**
 * The public entry points of the library: downloader, engine, session, run handle, result and exit
 * codes. This package wires the other packages together. Files and messages for users do not belong
 * here; they are in {@code app}. It uses {@code model}, {@code time}, {@code control}, {@code
 * event}, {@code manifest}, {@code disk}, {@code http}, {@code transfer}, {@code run} and {@code
 * report}. Programs that embed the library call it, and so do {@code bench}, {@code app} and {@code
 * cli}. A downloader, an engine and a run handle can be used by several threads at the same time.
 */
@NullMarked
package dev.bulkdl;

import org.jspecify.annotations.NullMarked;

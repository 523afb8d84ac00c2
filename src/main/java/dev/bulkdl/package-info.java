/**
 * The public API of the library, and nothing else: downloader, engine, run handle, result. With
 * {@code model} and {@code event} it is all that a library user sees; everything else is internal
 * and may change. Settings are collected by builders, which check each value. Programs that embed
 * the library call this package; the command line does not, it uses {@code engine} through {@code
 * app}.
 */
@NullMarked
package dev.bulkdl;

import org.jspecify.annotations.NullMarked;

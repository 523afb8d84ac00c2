/**
 * The demo server: it serves generated files on the loopback address, so that a user can try bulkdl
 * without another server. Jetty's server is used here only. The command {@code demo} itself does
 * not belong here; it is in {@code app} and {@code cli}. This package uses no other package. Only
 * {@code app} may call it.
 */
@NullMarked
package dev.bulkdl.demo;

import org.jspecify.annotations.NullMarked;

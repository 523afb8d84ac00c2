/**
 * The bridge from library logs to the log of each run: it receives what libraries log through SLF4J
 * and passes warnings and errors on. Messages below a warning are dropped before their text is
 * formatted. Only the command line selects this SLF4J provider; an application that uses bulkdl as
 * a library keeps its own. Messages from bulkdl itself do not belong here; they are events. SLF4J
 * is used here only. This package uses no other package, and only {@code app} and {@code cli} may
 * call it.
 */
@NullMarked
package dev.bulkdl.log;

import org.jspecify.annotations.NullMarked;

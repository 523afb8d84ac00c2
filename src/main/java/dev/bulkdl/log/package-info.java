/**
 * Receives what libraries log through SLF4J and passes warnings and errors to the log of each run.
 * Messages below a warning are dropped before their text is formatted. Only the command line
 * selects this provider; an application that uses bulkdl as a library keeps its own. SLF4J is used
 * here only.
 *
 * <p>Messages from bulkdl itself do not belong here: they are events. This package knows no other
 * package. {@code app} and {@code cli} may call it.
 */
@NullMarked
package dev.bulkdl.log;

import org.jspecify.annotations.NullMarked;

/** HTTP as blocking calls: the only package that knows Jetty's client. */
@NullMarked
package dev.bulkdl.http;

import org.jspecify.annotations.NullMarked;

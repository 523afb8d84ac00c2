/**
 * HTTP/1.1 as blocking calls: requests and responses as values, bodies that are read on the
 * caller's thread, TLS, proxies, timeouts, and the mapping of exceptions to failures. This is the
 * only package that uses Jetty's client and Conscrypt. Following redirects, retries, and files do
 * not belong here; they are in {@code transfer}. This package uses only {@code model} and {@code
 * control}. The root package, {@code transfer} and {@code cli} may call it. {@link
 * dev.bulkdl.http.JettyClient} and {@link dev.bulkdl.http.Fetcher} are thread-safe; a body belongs
 * to the thread that reads it.
 */
@NullMarked
package dev.bulkdl.http;

import org.jspecify.annotations.NullMarked;

/**
 * The HTTP side of {@code bulkdl serve}: routes, authorisation, the page and live updates. The
 * table of {@link dev.bulkdl.serve.web.Routes} is the only place that names a route; authorisation,
 * the description in OpenAPI and the tests read it.
 */
@NullMarked
package dev.bulkdl.serve.web;

import org.jspecify.annotations.NullMarked;

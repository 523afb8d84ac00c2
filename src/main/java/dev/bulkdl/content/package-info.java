/**
 * The content of a response on its way from the network to the disk. The HTTP client implements
 * {@code BodyChannel}, and the disk reads from it without a copy. Requests, files and anything that
 * decides do not belong here. This package uses only {@code model}; {@code http}, {@code disk} and
 * {@code transfer} may call it. It is internal.
 */
@NullMarked
package dev.bulkdl.content;

import org.jspecify.annotations.NullMarked;

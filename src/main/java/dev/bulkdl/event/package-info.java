/** What a run tells its listeners: states as events, bytes as counters that are sampled. */
@NullMarked
package dev.bulkdl.event;

import org.jspecify.annotations.NullMarked;

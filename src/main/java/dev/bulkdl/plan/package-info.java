/** What is to be done with a row, told before any byte is fetched. */
@NullMarked
package dev.bulkdl.plan;

import org.jspecify.annotations.NullMarked;

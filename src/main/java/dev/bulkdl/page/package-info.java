/** report.html: what a run was like, as one page that opens offline. */
@NullMarked
package dev.bulkdl.page;

import org.jspecify.annotations.NullMarked;

/**
 * What would be done with the rows of a manifest, and what is wrong with files on disk: the check
 * of a whole manifest before the first request, the plan of a run, the check of disk space, and the
 * comparison for {@code verify}. Nothing here downloads content or changes files. This package uses
 * {@code model}, {@code control}, {@code event}, {@code manifest}, {@code disk} and {@code
 * transfer}; {@code transfer} decides what an existing file means, so that a plan and a run agree.
 * Only {@code app} may call it.
 */
@NullMarked
package dev.bulkdl.plan;

import org.jspecify.annotations.NullMarked;

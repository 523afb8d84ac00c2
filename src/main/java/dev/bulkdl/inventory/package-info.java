/**
 * The memory of an output folder: one line for each file that any run has put there, with its URL,
 * size, hashes, validators and proof. A run appends to it and looks existing files up; {@code
 * verify} and {@code inventory} read it.
 *
 * <p>Here belong the form on disk, the look-up and the comparison of URLs. How entries are exported
 * is the business of {@code report} and {@code app}. What an existing file means is decided in
 * {@code transfer}.
 */
@NullMarked
package dev.bulkdl.inventory;

import org.jspecify.annotations.NullMarked;

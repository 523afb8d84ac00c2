/**
 * Rules about single texts that several packages apply: which characters a URI, a header field, a
 * date or a file name may have, and what is hidden of secrets before a text is shown. Every
 * function is pure. Texts for people that belong to one feature do not belong here; they stand with
 * the feature. This package uses no other one, and every package may call it. It is internal.
 */
@NullMarked
package dev.bulkdl.text;

import org.jspecify.annotations.NullMarked;

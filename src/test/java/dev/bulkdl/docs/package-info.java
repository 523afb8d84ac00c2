/**
 * What the documents say is true: their tests exist, their links lead somewhere, their commands
 * run.
 */
package dev.bulkdl.docs;

/**
 * bulkdl beside its peers: the same files from the same server, in turn, round after round. {@code
 * perf/compare} runs it.
 */
package dev.bulkdl.perf;

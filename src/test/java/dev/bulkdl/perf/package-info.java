/**
 * Compares bulkdl with its peers: the same files from the same server, in turn, in several rounds.
 * {@code perf/compare} runs it. Tests of correctness do not belong here.
 */
package dev.bulkdl.perf;

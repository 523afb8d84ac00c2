/**
 * bulkdl and other clients on the same faulty wire: who takes wrong bytes for right. {@code
 * perf/faults} runs it; its table stands in docs/faults.md.
 */
package dev.bulkdl.peers;

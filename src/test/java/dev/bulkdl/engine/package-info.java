/**
 * The engine, driven through the library's front door against servers on real sockets. Every run is
 * seen by a {@link dev.bulkdl.engine.Watch}, which holds it to the grammar of events and to counts
 * that agree with each other. Nothing here sleeps or asserts on time.
 */
package dev.bulkdl.engine;

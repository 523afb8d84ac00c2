/**
 * What tests stand on: content that is a function of a seed, servers whose faults are values, the
 * real jar in a process of its own.
 *
 * <p>Nothing here sleeps or asserts on time. Whatever waits does so for a condition, and a bound of
 * two minutes only turns a hang into a failure that says what was seen. Every port is ephemeral and
 * on 127.0.0.1. Nothing here depends on the code under test.
 */
package dev.bulkdl.testkit;

/**
 * The base of all tests: content as a function of a seed, servers whose faults are values, and the
 * real jar in its own process. Tests of the product do not belong here; only the kit's own tests
 * do.
 *
 * <p>Nothing here sleeps to wait for a result or asserts on time. Every wait is for a condition. A
 * limit of two minutes only turns a hang into a failure that shows the state. Every port is
 * ephemeral and on 127.0.0.1. Nothing here depends on the code under test. Every test package may
 * use it.
 */
package dev.bulkdl.testkit;

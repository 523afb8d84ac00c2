/** The contract with users, each promise tested on the real jar in a process of its own. */
package dev.bulkdl.e2e;

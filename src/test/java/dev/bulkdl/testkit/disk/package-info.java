/**
 * A file system that passes every call to the default one, through a {@link
 * dev.bulkdl.testkit.disk.Hook} that may make it fail. It simulates full disks, failing calls and
 * power loss. Fault servers and processes do not belong here; they are in {@code testkit}. Every
 * test package may use it.
 */
package dev.bulkdl.testkit.disk;

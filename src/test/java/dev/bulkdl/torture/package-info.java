/** Whole runs on disks that fail, fill up or forget. */
package dev.bulkdl.torture;

package dev.bulkdl.control;

/** A permit that is held and can be given back. */
interface Releasable {
  void release();
}

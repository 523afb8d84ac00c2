package dev.bulkdl.serve.web;

/** The open streams of events, as far as changes of accounts concern them. */
@FunctionalInterface
interface Streams {

  /** Ends the streams whose sign-in has ended. */
  void recheck();
}

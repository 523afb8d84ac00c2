package dev.bulkdl.cli;

/** A command that keeps its results on the disk. */
@FunctionalInterface
interface SummaryPrinter {

  /** Whether standard output gets nothing that is not on the disk too. */
  boolean printsASummaryOnly();
}

package dev.bulkdl.control;

/** Holds a number of connections, whatever is measured. */
final class Fixed extends KnownRules.Base {

  Fixed(int connections) {
    super(connections, connections);
  }

  @Override
  public void refused(int level, long now) {}
}

package dev.bulkdl.control;

import java.time.Duration;

/** Holds a number of connections, whatever is measured. */
final class Fixed implements Concurrency {

  private final int connections;
  private int inUse;

  Fixed(int connections) {
    this.connections = connections;
  }

  @Override
  public int allowed() {
    return connections;
  }

  @Override
  public int granted(long now) {
    return ++inUse;
  }

  @Override
  public void released(long now) {
    inUse--;
  }

  @Override
  public void answered(int level, Duration took, long now) {}

  @Override
  public void refused(int level, long now) {}

  @Override
  public void sample(long now, long bytes, long requests) {}
}

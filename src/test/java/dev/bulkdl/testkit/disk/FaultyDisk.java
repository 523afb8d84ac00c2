package dev.bulkdl.testkit.disk;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A disk that fails at the n-th operation to which the fault can happen. */
public final class FaultyDisk implements Hook {

  private final DiskFault fault;
  private final long nth;
  private final boolean stays;
  private final AtomicLong count = new AtomicLong();
  private final AtomicReference<Optional<Operation>> struck =
      new AtomicReference<>(Optional.empty());

  /**
   * @param nth from 1; earlier operations succeed
   * @param stays true if all later ones fail too
   */
  public FaultyDisk(DiskFault fault, long nth, boolean stays) {
    this.fault = fault;
    this.nth = nth;
    this.stays = stays;
  }

  /** Returns a disk that never fails and only counts. */
  public static FaultyDisk sound(DiskFault fault) {
    return new FaultyDisk(fault, Long.MAX_VALUE, false);
  }

  /** Returns the number of operations to which the fault could happen. */
  public long count() {
    return count.get();
  }

  /** Returns the operation that failed first. */
  public Optional<Operation> struck() {
    return struck.get();
  }

  @Override
  public long before(Operation operation) throws IOException {
    if (!fault.befalls(operation)) {
      return operation.bytes();
    }
    long at = count.incrementAndGet();
    if (at != nth && !(at > nth && stays)) {
      return operation.bytes();
    }
    struck.compareAndSet(Optional.empty(), Optional.of(operation));
    return fault.strike(operation);
  }

  @Override
  public long usableSpace(long real) {
    return stays && fault.fills() && count.get() >= nth ? 0 : real;
  }
}

package dev.bulkdl.testkit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The faults of one response, separated into their groups. */
record Faults(List<Fault> all) {

  static Faults of(List<Fault> faults) {
    return new Faults(faults.stream().flatMap(Faults::flat).toList());
  }

  boolean has(Class<? extends Fault> type) {
    return find(type).isPresent();
  }

  <F extends Fault> Optional<F> find(Class<F> type) {
    return each(type).findFirst();
  }

  <F extends Fault> Stream<F> each(Class<F> type) {
    return all.stream().filter(type::isInstance).map(type::cast);
  }

  private static Stream<Fault> flat(Fault fault) {
    return fault instanceof Fault.All group
        ? group.faults().stream().flatMap(Faults::flat)
        : Stream.of(fault);
  }
}

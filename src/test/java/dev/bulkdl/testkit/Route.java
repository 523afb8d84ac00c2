package dev.bulkdl.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A path: its content and the faults for its next requests. */
final class Route {
  private final List<Script> scripts = new CopyOnWriteArrayList<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private volatile Optional<Resource> resource = Optional.empty();

  void hold(Payload payload) {
    resource = Optional.of(Resource.of(payload));
  }

  void script(Predicate<SeenRequest> which, List<Fault> faults) {
    scripts.add(new Script(which, new ArrayDeque<>(faults)));
  }

  void rule(Predicate<SeenRequest> which, List<Fault> faults) {
    rules.add(new Rule(which, faults));
  }

  void mend() {
    scripts.clear();
    rules.clear();
  }

  Optional<Resource> resource() {
    return resource;
  }

  /** Returns the faults for this request. Each script that matches the request advances by one. */
  Faults faultsFor(SeenRequest request) {
    List<Fault> met = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.which.test(request)) {
        met.addAll(rule.faults);
      }
    }
    for (Script script : scripts) {
      script.next(request).ifPresent(met::add);
    }
    Faults faults = Faults.of(met);
    faults.find(Fault.ChangedTo.class).ifPresent(change -> hold(change.payload()));
    faults
        .find(Fault.ChangedUnderItsTag.class)
        .ifPresent(change -> resource = resource.map(old -> old.underSameTag(change.payload())));
    return faults;
  }

  private record Rule(Predicate<SeenRequest> which, List<Fault> faults) {}

  private record Script(Predicate<SeenRequest> which, Deque<Fault> left) {
    Optional<Fault> next(SeenRequest request) {
      if (!which.test(request)) {
        return Optional.empty();
      }
      synchronized (left) {
        return Optional.ofNullable(left.poll());
      }
    }
  }
}

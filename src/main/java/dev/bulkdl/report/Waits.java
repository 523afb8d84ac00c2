package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.TargetName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * What a run waits for: a network, a paused host, the next attempt at a file. Its memory grows with
 * the number of files in flight only. Thread-safe.
 */
public final class Waits {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final InstantSource clock;
  private final ZoneId zone;
  private final Map<TargetName, Retry> retries = new ConcurrentHashMap<>();
  private final Map<Origin, Failure> causes = new ConcurrentHashMap<>();
  private volatile boolean offline;
  private final Map<Hold.Reason, Hold> holds = new ConcurrentSkipListMap<>();

  private record Retry(TransferEvent.Retrying event, Instant at) {}

  /**
   * @param clock the time of day
   * @param zone the zone in which times are shown
   */
  public Waits(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** Takes notice of an event. */
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.Retrying retry) {
      retries.put(retry.download().target(), new Retry(retry, clock.instant().plus(retry.delay())));
    } else if (event instanceof TransferEvent.FileEnded ended) {
      retries.remove(ended.download().target());
    } else if (event instanceof TransferEvent.OriginPaused pause) {
      causes.put(pause.origin(), pause.cause());
    } else if (event instanceof TransferEvent.HoldBegan began) {
      holds.put(began.hold().reason(), began.hold());
    } else if (event instanceof TransferEvent.HoldEnded ended) {
      holds.remove(ended.hold().reason());
    } else if (event instanceof TransferEvent.OutageBegan) {
      offline = true;
    } else if (event instanceof TransferEvent.OutageEnded) {
      offline = false;
    }
  }

  /** Why the run pauses, else the paused hosts, each until when; empty if there is no pause. */
  public Optional<String> pausedHosts(RunProgress run) {
    return held().or(() -> paused(run));
  }

  /** Why the run pauses; empty if it does not, or for the user alone. */
  public Optional<String> held() {
    return otherReasons(holds.values());
  }

  /** Returns why a run pauses, without the user's own pause; empty if for that alone. */
  public static Optional<String> otherReasons(Collection<Hold> holds) {
    List<String> reasons = holds.stream().filter(hold -> !hold.isByUser()).map(Hold::why).toList();
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  /** The reasons why the run pauses. */
  List<Hold> holds() {
    return List.copyOf(holds.values());
  }

  private Optional<String> paused(RunProgress run) {
    List<HostSnapshot> paused =
        run.hosts().stream().filter(host -> host.hold().isPresent()).toList();
    causes
        .keySet()
        .retainAll(paused.stream().map(HostSnapshot::origin).collect(Collectors.toSet()));
    return paused.stream()
        .max(Comparator.comparing(host -> until(host).orElse(Instant.MAX)))
        .map(host -> pausedHost(host) + more(paused.size() - 1));
  }

  private String pausedHost(HostSnapshot host) {
    String until = until(host).map(time -> " until " + time(time)).orElse(" by the user");
    String cause =
        Optional.ofNullable(causes.get(host.origin()))
            .map(failure -> " (" + shortCause(failure) + ")")
            .orElse("");
    return "host " + HumanFormat.host(host.origin()) + " paused" + until + cause;
  }

  private static Optional<Instant> until(HostSnapshot host) {
    return host.hold().flatMap(Hold::until);
  }

  private String time(Instant at) {
    Instant rounded = at.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
    return TIME.format(rounded.atZone(zone));
  }

  /** The reason why nothing arrives, if it is known. */
  public Optional<String> reason(RunProgress run) {
    if (offline && holds.isEmpty()) {
      return Optional.of("no network: waiting for the probe URL");
    }
    return pausedHosts(run).or(() -> nextRetry(run));
  }

  private Optional<String> nextRetry(RunProgress run) {
    Set<TargetName> active =
        run.active().stream()
            .map(FileSnapshot::download)
            .map(download -> download.target())
            .collect(Collectors.toSet());
    Instant now = clock.instant();
    List<Retry> waiting =
        retries.values().stream()
            .filter(retry -> retry.at.isAfter(now))
            .filter(retry -> !active.contains(retry.event.download().target()))
            .toList();
    return waiting.stream()
        .min(Comparator.comparing(Retry::at))
        .map(retry -> text(retry, now) + more(waiting.size() - 1));
  }

  private static String text(Retry retry, Instant now) {
    TransferEvent.Retrying event = retry.event;
    String which =
        event.attempt() == 0 ? "retry" : "retry " + event.attempt() + " of " + event.retries();
    Duration left = Duration.between(now, retry.at).plusMillis(999);
    return "waiting: "
        + which
        + " of "
        + event.download().target()
        + " in "
        + HumanFormat.duration(left)
        + " ("
        + shortCause(event.failure())
        + ")";
  }

  private static String shortCause(Failure failure) {
    return failure instanceof Failure.Http http ? Integer.toString(http.status()) : failure.label();
  }

  private static String more(int others) {
    return others == 0 ? "" : ", and " + others + " more";
  }
}

package dev.bulkdl.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A link, a server and its clients, in steps of 5 ms, on a clock of its own. A connection opens for
 * a round trip, waits a round trip for its answer, and doubles its window from ten segments. A
 * connection that will probably be allowed soon is opened ahead. The same seed gives the same
 * result.
 */
final class LinkSimulator {

  private static final double STEP = 0.005;
  private static final double FIRST_WINDOW = 14_600;

  /**
   * What a link and its server do.
   *
   * @param roundTrip seconds
   * @param perConnection bytes per second of a connection
   * @param inAll bytes per second of all connections together
   * @param knee above this number of connections the rate in all falls
   * @param kneeLoss by this share for each connection more
   * @param refusedAbove the server refuses requests above this number of connections
   * @param noise the standard deviation of the rate in all, as a share
   */
  record Link(
      String name,
      double roundTrip,
      double perConnection,
      double inAll,
      int knee,
      double kneeLoss,
      int refusedAbove,
      double noise) {

    static Link of(String name, double roundTrip, double perConnection, double inAll) {
      return new Link(
          name, roundTrip, perConnection, inAll, Integer.MAX_VALUE, 0, Integer.MAX_VALUE, 0.05);
    }

    Link withKnee(int above, double loss) {
      return new Link(name, roundTrip, perConnection, inAll, above, loss, refusedAbove, noise);
    }

    Link refusingAbove(int connections) {
      return new Link(name, roundTrip, perConnection, inAll, knee, kneeLoss, connections, noise);
    }
  }

  /** A change of the link at a time, in seconds. */
  record Change(double at, Link to) {}

  /**
   * The sizes of the requests of one client.
   *
   * @param divisible whether a request can be ended early and its rest asked for by another
   * @param mostForLarge the largest number of connections that files of 1 MiB and more can use
   */
  record Load(Deque<Double> sizes, boolean divisible, int mostForLarge) {

    private Load(Deque<Double> sizes, boolean divisible) {
      this(sizes, divisible, Integer.MAX_VALUE);
    }

    /** Large files: pieces of 4 MiB, without end. */
    static Load large() {
      return new Load(endless(new Random(1), random -> 4.0 * (1 << 20)), true);
    }

    /** Files of this size without end. */
    static Load files(double bytes) {
      return new Load(endless(new Random(1), random -> bytes), false);
    }

    /** So many files of this size. */
    static Load files(int count, double bytes) {
      return new Load(new ArrayDeque<>(Collections.nCopies(count, bytes)), false);
    }

    /** Files of log-normal sizes around a median. */
    static Load mixed(double median, long seed) {
      return new Load(
          endless(new Random(seed), random -> median * Math.exp(random.nextGaussian())), false);
    }

    /** Small files, and then large ones that can use no more than so many connections. */
    static Load smallThenLarge(int small, int mostForLarge) {
      Deque<Double> sizes = new ArrayDeque<>(Collections.nCopies(small, 4096.0));
      sizes.addAll(large().sizes);
      return new Load(sizes, true, mostForLarge);
    }

    private boolean hasOneBeside(int others) {
      return !sizes.isEmpty() && (sizes.peek() < 1 << 20 || others < mostForLarge);
    }

    private interface Size {
      double next(Random random);
    }

    private static Deque<Double> endless(Random random, Size size) {
      Deque<Double> sizes = new ArrayDeque<>();
      IntStream.range(0, 300_000).forEach(i -> sizes.add(size.next(random)));
      return sizes;
    }
  }

  private enum State {
    WAITING,
    STREAMING,
    REFUSED,
    /** The server has sent everything. */
    SENT
  }

  private static final class Connection {
    State state = State.WAITING;
    double until;
    double window = FIRST_WINDOW;
    double doubledAt;
    double left;
    double rate;
    int level;
    double begun;
    boolean hasSeenAnswer;
  }

  /** One client with its rule, its work and its counters. */
  final class Client {
    private final Concurrency rule;
    private final Load load;
    private final double from;
    private final List<Connection> busy = new ArrayList<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Double> aheadAt = new ArrayDeque<>();
    private long requests;
    private double bytes;
    private double bytesBefore;
    private int refusals;
    private int most;
    private double busyFrom = Double.MAX_VALUE;
    private double answersSeenFrom;
    private double endsSeenFrom;

    Client(Concurrency rule, Load load, double from) {
      this.rule = rule;
      this.load = load;
      this.from = from;
    }

    double bytes() {
      return bytes;
    }

    long requests() {
      return requests;
    }

    int refusals() {
      return refusals;
    }

    int most() {
      return most;
    }

    int inUse() {
      return busy.size();
    }

    /**
     * Lets its machine be too busy to see what arrives, from a time in seconds. It sees answers
     * again at a later time, and the ends of requests still later.
     */
    void isBusy(double from, double answersSeenFrom, double endsSeenFrom) {
      this.busyFrom = from;
      this.answersSeenFrom = answersSeenFrom;
      this.endsSeenFrom = endsSeenFrom;
    }

    private boolean seesAnswers() {
      return now < busyFrom || now >= answersSeenFrom;
    }

    private boolean seesEnds() {
      return now < busyFrom || now >= endsSeenFrom;
    }

    /** The work since the last mark, bytes and requests. */
    double work() {
      return bytes + requests * ConnectionController.REQUEST - bytesBefore;
    }

    void mark() {
      bytesBefore = 0;
      bytesBefore = work();
    }

    private void start() {
      if (now < from) {
        return;
      }
      while (busy.size() < rule.allowed() && load.hasOneBeside(busy.size())) {
        Connection free = idle.poll();
        Connection used = free == null ? new Connection() : free;
        used.until = (free == null ? openAt() : now) + link.roundTrip + 0.001;
        used.state = State.WAITING;
        used.hasSeenAnswer = false;
        used.left = load.sizes.poll();
        used.level = rule.granted(nanos());
        used.begun = now;
        busy.add(used);
        most = Math.max(most, busy.size());
      }
      int further = rule.next() - rule.allowed();
      while (further > idle.size() + aheadAt.size() && !load.sizes.isEmpty()) {
        aheadAt.add(now + link.roundTrip);
      }
      while (busy.size() > rule.allowed() && load.divisible) {
        Connection last = busy.removeLast();
        load.sizes.addFirst(last.left);
        rule.released(nanos());
      }
    }

    /** The time from which a new connection can take a request. */
    private double openAt() {
      return aheadAt.isEmpty() ? now + link.roundTrip : Math.max(now, aheadAt.poll());
    }

    private void answers() {
      for (Connection one : List.copyOf(busy)) {
        if (one.state == State.WAITING && one.until <= now) {
          boolean refused = streaming() >= link.refusedAbove;
          one.state = refused ? State.REFUSED : State.STREAMING;
          one.doubledAt = now;
        }
        if (one.state != State.WAITING && !one.hasSeenAnswer && seesAnswers()) {
          one.hasSeenAnswer = true;
          see(one);
        }
      }
    }

    private void see(Connection answered) {
      if (answered.state == State.REFUSED) {
        refusals++;
        busy.remove(answered);
        load.sizes.addFirst(answered.left);
        rule.refused(answered.level, nanos());
        rule.released(nanos());
      } else {
        rule.answered(answered.level, since(answered), nanos());
      }
    }

    private void move() {
      for (Connection one : List.copyOf(busy)) {
        if (one.state == State.STREAMING) {
          double moved = Math.min(one.left, one.rate * STEP);
          one.left -= moved;
          bytes += moved;
          if (now - one.doubledAt >= link.roundTrip) {
            one.doubledAt = now;
            one.window = Math.min(one.window * 2, 64 << 20);
          }
          if (one.left <= 0.5) {
            one.state = State.SENT;
          }
        }
        if (one.state == State.SENT && seesEnds()) {
          end(one);
        }
      }
      rule.sample(nanos(), (long) bytes, requests);
    }

    private Duration since(Connection one) {
      return Duration.ofNanos((long) ((now - one.begun) * 1e9));
    }

    private void end(Connection one) {
      requests++;
      busy.remove(one);
      idle.add(one);
      rule.released(nanos());
      rule.ended(since(one), nanos());
    }
  }

  private final Random random;
  private final List<Client> clients = new ArrayList<>();
  private final Deque<Change> changes = new ArrayDeque<>();
  private Link link;
  private double now;
  private double wobble;

  LinkSimulator(Link link, Change... changes) {
    this(7, link, changes);
  }

  LinkSimulator(long seed, Link link, Change... changes) {
    random = new Random(seed);
    this.link = link;
    this.changes.addAll(List.of(changes));
  }

  Client add(Concurrency rule, Load load) {
    return add(rule, load, 0);
  }

  Client add(Concurrency rule, Load load, double from) {
    Client client = new Client(rule, load, from);
    clients.add(client);
    return client;
  }

  private long nanos() {
    return (long) (now * 1e9);
  }

  private long streaming() {
    return clients.stream()
        .flatMap(client -> client.busy.stream())
        .filter(one -> one.state == State.STREAMING)
        .count();
  }

  /** Runs until this second. */
  void runUntil(double end) {
    while (now < end) {
      now += STEP;
      while (!changes.isEmpty() && changes.peek().at <= now) {
        link = changes.poll().to;
      }
      clients.forEach(Client::answers);
      clients.forEach(Client::start);
      share();
      clients.forEach(Client::move);
    }
  }

  /**
   * Gives each connection its share: the rate in all is divided fairly, up to what each can take.
   */
  private void share() {
    List<Connection> open = new ArrayList<>();
    for (Client client : clients) {
      for (Connection one : client.busy) {
        one.rate = 0;
        if (one.state == State.STREAMING) {
          open.add(one);
        }
      }
    }
    wobble = 0.98 * wobble + 0.2 * link.noise * random.nextGaussian();
    double above = Math.max(0, open.size() - link.knee);
    double left =
        link.inAll * Math.max(0.1, 1 + wobble) * Math.max(0.05, 1 - above * link.kneeLoss);
    open.sort((a, b) -> Double.compare(most(a), most(b)));
    int waiting = open.size();
    for (Connection one : open) {
      one.rate = Math.min(most(one), left / waiting);
      left -= one.rate;
      waiting--;
    }
  }

  private double most(Connection one) {
    double byWindow = link.roundTrip < 0.001 ? Double.MAX_VALUE : one.window / link.roundTrip;
    return Math.min(link.perConnection, byWindow);
  }
}

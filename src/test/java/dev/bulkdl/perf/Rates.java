package dev.bulkdl.perf;

import dev.bulkdl.Builders;
import dev.bulkdl.ContentFetcher;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RateLimits;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.MeteredServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures rate limits on the wire: what a server wrote to its sockets, by its own clock. */
final class Rates {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** The start fills the buffers of the sockets; it is printed by itself. */
  private static final int START_SECONDS = 2;

  private Rates() {}

  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    String rates = options.getOrDefault("--rates", "64K,1M,10M,100M,400M");
    String connections = options.getOrDefault("--connections", "1,16,100");
    int seconds = Integer.parseInt(options.getOrDefault("--seconds", "15"));
    System.out.println("rate  connections  mean error  worst 1 s  worst 10 s  first 2 s");
    for (String rate : rates.split(",")) {
      for (String count : connections.split(",")) {
        System.out.println(measure(rate, Integer.parseInt(count), seconds));
      }
    }
  }

  private static String measure(String text, int connections, int seconds)
      throws InterruptedException {
    Rate rate = Rate.parse(text);
    try (MeteredServer server = new MeteredServer();
        ContentFetcher fetcher = Builders.fetcher(settings(rate, connections)).open()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        Download endless = Download.of("f" + i, server.uri("/1000000000000/f" + i));
        threads.add(Thread.ofVirtual().start(() -> receive(fetcher, endless)));
      }
      TimeUnit.SECONDS.sleep(seconds + START_SECONDS);
      List<MeteredServer.Written> written = server.written();
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        thread.join();
      }
      return line(text, connections, rate.bytesPerSecond(), written);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The output folder is not used. */
  private static Settings settings(Rate rate, int connections) {
    return Settings.in(Path.of("unused"))
        .with(new Limits(connections, connections, connections, 1, 1))
        .with(RateLimits.NONE.withTotal(RateTable.always(rate)));
  }

  private static void receive(ContentFetcher fetcher, Download download) {
    try {
      fetcher.toStream(download, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String line(
      String text, int connections, long rate, List<MeteredServer.Written> written) {
    long start = written.getFirst().at();
    long[] tenths = new long[(int) ((written.getLast().at() - start) / (SECOND / 10)) + 1];
    for (MeteredServer.Written each : written) {
      tenths[(int) ((each.at() - start) / (SECOND / 10))] += each.bytes();
    }
    long[] steady = Arrays.copyOfRange(tenths, 10 * START_SECONDS, tenths.length - 1);
    double mean = Arrays.stream(steady).sum() / (steady.length / 10.0) / rate - 1;
    double first = Arrays.stream(tenths).limit(10L * START_SECONDS).sum();
    return String.format(
        Locale.ROOT,
        "%-5s %11d %+10.1f%% %+9.1f%% %+10.1f%% %+9.1f%%",
        text,
        connections,
        100 * mean,
        100 * worst(steady, 10, rate),
        100 * worst(steady, 100, rate),
        100 * (first / START_SECONDS / rate - 1));
  }

  /** Returns the largest error of any window of so many tenths of a second. */
  private static double worst(long[] tenths, int window, long rate) {
    double worst = 0;
    for (int from = 0; from + window <= tenths.length; from++) {
      double sum = 0;
      for (int i = from; i < from + window; i++) {
        sum += tenths[i];
      }
      double error = sum / (rate * (window / 10.0)) - 1;
      worst = Math.abs(error) > Math.abs(worst) ? error : worst;
    }
    return worst;
  }
}

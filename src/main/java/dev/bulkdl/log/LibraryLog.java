package dev.bulkdl.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The SLF4J provider of the command line. SLF4J creates one instance per process and keeps it. The
 * sinks belong to that instance, so no static field of ours changes. Thread-safe.
 */
public final class LibraryLog implements SLF4JServiceProvider {

  /** The system property that names the provider. With it, SLF4J does not search the class path. */
  private static final String PROVIDER = "slf4j.provider";

  /**
   * The level of SLF4J's own messages. By default SLF4J prints a line at each start about the
   * property above.
   */
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  private final Loggers loggers = new Loggers(new CopyOnWriteArrayList<>());
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();

  /** For SLF4J, which creates the provider by its class name. */
  public LibraryLog() {}

  /** Selects this provider for the process. Must be called before any library logs. */
  public static void choose() {
    System.setProperty(PROVIDER, LibraryLog.class.getName());
    System.setProperty(VERBOSITY, "WARN");
  }

  /** Ends the delivery that {@link #sendTo} started. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Passes every warning of the process to a sink until the subscription is closed. If several runs
   * are active, each receives all warnings, because a library does not say which run a warning
   * concerns. Has no effect if another provider was selected.
   *
   * @param sink may be called by any thread and must not block
   */
  public static Subscription sendTo(Consumer<LibraryWarning> sink) {
    if (LoggerFactory.getILoggerFactory() instanceof Loggers loggers) {
      loggers.sinks().add(sink);
      return () -> loggers.sinks().remove(sink);
    }
    return () -> {};
  }

  private record Loggers(List<Consumer<LibraryWarning>> sinks) implements ILoggerFactory {
    @Override
    public Logger getLogger(String name) {
      return new WarningLogger(name, sinks);
    }
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}

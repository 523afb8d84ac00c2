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
 * The SLF4J provider of the command line. SLF4J makes the one instance of a process and keeps it,
 * so the sinks hang on that instance and no static field of ours changes. Thread-safe.
 */
public final class LibraryLog implements SLF4JServiceProvider {

  /** The system property by which SLF4J finds a provider without a search of the class path. */
  private static final String PROVIDER = "slf4j.provider";

  /** What SLF4J itself prints: without it, a line for each start about the property above. */
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  private final Loggers loggers = new Loggers(new CopyOnWriteArrayList<>());
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();

  /** For SLF4J, which makes the provider by its class name. */
  public LibraryLog() {}

  /** Makes this the process's provider; must be called before any library logs. */
  public static void choose() {
    System.setProperty(PROVIDER, LibraryLog.class.getName());
    System.setProperty(VERBOSITY, "WARN");
  }

  /** Ends what {@link #sendTo} began. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Hands every warning of the process to a sink until the subscription is closed. With several
   * runs at once each gets all of them, because a library does not say for which run it warns. Does
   * nothing where another provider was chosen.
   *
   * @param sink is called by any thread and must not block
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

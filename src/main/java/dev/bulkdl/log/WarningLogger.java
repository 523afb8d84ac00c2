package dev.bulkdl.log;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

/** A logger for warnings and errors only. It formats the text only if there is a sink. */
final class WarningLogger extends LegacyAbstractLogger {

  private final transient List<Consumer<LibraryWarning>> sinks;

  WarningLogger(String name, List<Consumer<LibraryWarning>> sinks) {
    this.name = name;
    this.sinks = sinks;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return false;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String message,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    if (!sinks.isEmpty()) {
      LibraryWarning warning = LibraryWarning.of(getName(), message, arguments, thrown);
      sinks.forEach(sink -> sink.accept(warning));
    }
  }
}

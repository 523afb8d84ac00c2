package dev.bulkdl.app;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.text.Redaction;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Shows nothing, hears no signal and keeps what was said, for callers from Java. Thread-safe. */
public final class SilentConsole implements Console {

  private final List<String> messages = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /** What was said so far. */
  public synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  /** The lines of the result so far. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public InputStream in() {
    return InputStream.nullInputStream();
  }

  @Override
  public OutputStream out() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public synchronized void say(String message) {
    messages.add(Redaction.of(message));
  }

  @Override
  public void note(String message) {
    say(message);
  }

  @Override
  public synchronized void print(String line) {
    lines.add(line);
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public Interrupts interrupts(Runnable stop, Runnable beforeExit) {
    return new NoInterrupts();
  }

  @Override
  public View view(RunControl control, Runnable stop) {
    return new NoView();
  }

  private record NoInterrupts() implements Interrupts {
    @Override
    public int exitCode(int otherwise) {
      return otherwise;
    }

    @Override
    public void explain() {}

    @Override
    public void close() {}
  }

  private record NoView() implements View {
    @Override
    public TransferListener listener() {
      return new TransferListener() {};
    }

    @Override
    public void say(String line) {}

    @Override
    public void release() {}

    @Override
    public void close() {}
  }
}

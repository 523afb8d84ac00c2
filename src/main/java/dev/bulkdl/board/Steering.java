package dev.bulkdl.board;

import dev.bulkdl.board.Prompt.Subject;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.control.RunControl.Ceilings;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.report.Waits;
import dev.bulkdl.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Applies keys to a run.
 *
 * @param stop stops the run and everything that belongs to it
 * @param say shows a line to the user
 */
record Steering(RunControl control, Runnable stop, Consumer<String> say) {

  /**
   * Applies the key, if it concerns the run.
   *
   * @param chosen the chosen file or host, if any
   */
  void on(Key key, Optional<Chosen> chosen) {
    switch (key) {
      case PAUSE -> pauseOrResume();
      case MORE -> changeConnections(1);
      case FEWER -> changeConnections(-1);
      case PAUSE_CHOSEN ->
          chosen.ifPresentOrElse(
              this::pauseOrResume,
              () -> say.accept("choose a file or a host first, with the arrow keys"));
      case CANCEL -> chosen.ifPresent(this::cancel);
      case RETRY -> retry();
      case STOP -> stop.run();
      case RATE, CONNECTIONS, PER_HOST -> {} // each opens a prompt
      case UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END, HELP, NEXT_VIEW, OTHER -> {}
      case FILES, HOSTS, FAILURES, LOG, QUEUE, DONE -> {}
    }
  }

  /** Returns the prompt that the key opens, if any. */
  Optional<Prompt> prompt(Key key) {
    Ceilings now = control.ceilings();
    return switch (key) {
      case RATE -> Optional.of(Prompt.of(Subject.RATE, control.rate().toString()));
      case CONNECTIONS -> Optional.of(Prompt.of(Subject.CONNECTIONS, "" + now.inAll()));
      case PER_HOST -> Optional.of(Prompt.of(Subject.PER_HOST, "" + now.perOrigin()));
      default -> Optional.empty();
    };
  }

  /**
   * Applies a key to a prompt. Enter sets the value.
   *
   * @return the prompt as it is then; empty if it is closed
   */
  Optional<Prompt> answered(Prompt prompt, String typed) {
    if (!Prompt.isEnter(typed)) {
      return prompt.after(typed);
    }
    String text = prompt.text().strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      set(prompt.subject(), text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      String example = "; write for example " + prompt.subject().example();
      return Optional.of(prompt.refused(e.getMessage() + example));
    }
  }

  private void set(Subject subject, String text) {
    switch (subject) {
      case RATE -> {
        Rate rate = Rate.parse(text);
        control.limitRate(RateTable.always(rate));
        say.accept(rate.isLimited() ? "rate: at most " + rate + " a second" : "rate: no limit");
      }
      case CONNECTIONS -> {
        control.connections(CountText.parse(text));
        sayConnections();
      }
      case PER_HOST -> {
        control.connectionsPerHost(CountText.parse(text));
        sayConnections();
      }
    }
  }

  private void changeConnections(int delta) {
    control.changeConnections(delta);
    sayConnections();
  }

  private void sayConnections() {
    Ceilings now = control.ceilings();
    say.accept(
        "at most " + now.perOrigin() + " connections to each host, " + now.inAll() + " in all");
  }

  private void retry() {
    int failed = control.retryFailed();
    int waiting = control.retryNow();
    if (failed == 0 && waiting == 0) {
      say.accept("nothing has failed, and nothing waits for a further attempt");
      return;
    }
    List<String> parts = new ArrayList<>();
    if (failed > 0) {
      parts.add("queued again: " + files(failed));
    }
    if (waiting > 0) {
      parts.add("tried at once: " + waiting + (waiting == 1 ? " wait" : " waits"));
    }
    say.accept(String.join("; ", parts));
  }

  private static String files(int count) {
    return count + (count == 1 ? " file" : " files");
  }

  private void cancel(Chosen chosen) {
    if (chosen instanceof Chosen.File file) {
      control.cancel(file.target());
    }
  }

  private void pauseOrResume(Chosen chosen) {
    switch (chosen) {
      case Chosen.File file -> {
        if (!control.resume(file.target())) {
          control.pause(file.target());
        }
      }
      case Chosen.Host host -> pauseOrResume(host.origin().host());
    }
  }

  private void pauseOrResume(String host) {
    if (control.resumeHost(host)) {
      say.accept("host " + host + " goes on");
    } else {
      control.pauseHost(host);
      say.accept("host " + host + " is paused, its files wait; z lets it go on");
    }
  }

  /** The run can have other reasons to pause, which the user's key does not end. */
  private void pauseOrResume() {
    List<Hold> before = control.holds();
    boolean wasPaused = before.stream().anyMatch(Hold::isByUser);
    if (wasPaused) {
      control.resume();
    } else {
      control.pause();
    }
    String begin =
        wasPaused
            ? "your pause has ended, but the run still pauses: "
            : "the run pauses already, and your pause comes on top: ";
    Waits.otherReasons(before).ifPresent(others -> say.accept(begin + others));
  }
}

package dev.bulkdl.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Why a run, a host or a file does not work now, although there is work.
 *
 * @param why the details for people
 * @param since when it began
 * @param until when it ends by itself, if that is known
 */
public record Hold(Reason reason, String why, Instant since, Optional<Instant> until) {

  /** The kinds of holds. A run has one hold of each kind at the most. */
  public enum Reason {
    OPERATOR("resume it"),
    START_TIME("it starts by itself"),
    WINDOW("it goes on by itself when the window begins"),
    SPACE("free some space; it goes on by itself"),
    QUOTA("raise the quota, or delete files; it goes on by itself"),
    RETRY("it is tried again by itself"),
    NETWORK("it goes on by itself when the network is back"),
    SERVER("it goes on by itself; the server asked for a pause");

    private final String nextStep;

    Reason(String nextStep) {
      this.nextStep = nextStep;
    }

    /** Returns what ends the hold, for people. */
    public String nextStep() {
      return nextStep;
    }
  }

  /** Returns a hold that the user began and ends. */
  public static Hold byUser(Instant since) {
    return new Hold(Reason.OPERATOR, "by the user", since, Optional.empty());
  }

  /** Returns whether the user began it. */
  public boolean isByUser() {
    return reason == Reason.OPERATOR;
  }
}

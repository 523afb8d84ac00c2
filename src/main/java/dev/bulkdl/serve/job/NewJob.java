package dev.bulkdl.serve.job;

import dev.bulkdl.text.Chars;

/**
 * What a user orders.
 *
 * @param owner the id of the user
 * @param name empty for the name of the manifest
 * @param folder where its files go, below the user's folder; empty for one of the job's name
 * @param held whether it waits for the user to start it
 */
public record NewJob(
    String owner,
    String name,
    String note,
    String folder,
    int priority,
    JobLimits limits,
    JobSchedule schedule,
    boolean held) {

  static final int LONGEST_NAME = 200;
  static final int LONGEST_NOTE = 4000;
  static final int LOWEST_PRIORITY = -10;
  static final int HIGHEST_PRIORITY = 10;

  /**
   * @throws InvalidJobException when one of the values is not allowed
   */
  public NewJob {
    checkName(name);
    checkNote(note);
    checkPriority(priority);
  }

  /** A job of this user with the usual options. */
  public static NewJob of(String owner, String name, String folder) {
    return new NewJob(owner, name, "", folder, 0, JobLimits.NONE, JobSchedule.NONE, false);
  }

  static void checkName(String name) {
    if (name.length() > LONGEST_NAME || Chars.any(name, Character::isISOControl)) {
      throw new InvalidJobException(
          "name", "must be one line of at most " + LONGEST_NAME + " characters");
    }
  }

  static void checkNote(String note) {
    if (note.length() > LONGEST_NOTE) {
      throw new InvalidJobException("note", "must have at most " + LONGEST_NOTE + " characters");
    }
  }

  static void checkPriority(int priority) {
    if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
      throw new InvalidJobException(
          "priority", "must be from " + LOWEST_PRIORITY + " to " + HIGHEST_PRIORITY);
    }
  }
}

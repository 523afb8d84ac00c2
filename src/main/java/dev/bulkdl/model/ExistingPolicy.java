package dev.bulkdl.model;

/**
 * What may be done with files that are in the output folder before the run.
 *
 * @param overwrite true if an existing file of other content is replaced once the new one is
 *     checked
 * @param resume true if a shorter existing file is taken as the beginning of the download
 * @param verify true if existing files are hashed; false if their size is trusted
 * @param trustSize true if a partial file is continued although nothing proves that the remote file
 *     is still the same, and an existing file of the right size is accepted although it came from
 *     another URL
 * @param ifModified true if the server is asked whether an existing file of the inventory has
 *     changed, and a changed one replaces it
 */
public record ExistingPolicy(
    boolean overwrite, boolean resume, boolean verify, boolean trustSize, boolean ifModified) {

  /** Files are kept, and their size is trusted. Partial files are continued only with proof. */
  public static final ExistingPolicy DEFAULTS =
      new ExistingPolicy(false, false, false, false, false);

  public ExistingPolicy withOverwrite(boolean allowed) {
    return new ExistingPolicy(allowed, resume, verify, trustSize, ifModified);
  }

  public ExistingPolicy withResume(boolean allowed) {
    return new ExistingPolicy(overwrite, allowed, verify, trustSize, ifModified);
  }

  public ExistingPolicy withVerify(boolean wanted) {
    return new ExistingPolicy(overwrite, resume, wanted, trustSize, ifModified);
  }

  public ExistingPolicy withTrustSize(boolean allowed) {
    return new ExistingPolicy(overwrite, resume, verify, allowed, ifModified);
  }

  public ExistingPolicy withIfModified(boolean wanted) {
    return new ExistingPolicy(overwrite, resume, verify, trustSize, wanted);
  }
}

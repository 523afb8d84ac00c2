package dev.bulkdl.serve.store;

import java.nio.file.Path;

/**
 * Where the database and what belongs to it are.
 *
 * @param folder the state folder
 */
record DatabaseFiles(Path folder) {

  private static final String NAME = "bulkdl.db";

  Path database() {
    return folder.resolve(NAME);
  }

  /** The write-ahead log; it holds newer pages than the database itself. */
  Path log() {
    return folder.resolve(NAME + "-wal");
  }

  /** The index of the write-ahead log. */
  Path logIndex() {
    return folder.resolve(NAME + "-shm");
  }

  /** Where a damaged database goes. */
  Path aside(String time) {
    return folder.resolve(NAME + ".damaged-" + time);
  }

  /** Is there if the database was found damaged while it was in use. */
  Path damageMark() {
    return folder.resolve(NAME + ".is-damaged");
  }

  Path backups() {
    return folder.resolve("backups");
  }

  /** Where SQLite's native library and temporary files go. */
  Path temporary() {
    return folder.resolve("tmp");
  }
}

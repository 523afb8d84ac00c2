package dev.bulkdl.serve.user;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an account may do. Each role may do what the ones before it may. */
public enum Role {
  /** Sees the own jobs. */
  READ,
  /** Adds and steers the own jobs. */
  WRITE,
  /** Sees and steers all jobs, the users and the daemon's limits. */
  ADMIN;

  /** Returns the role with this name in the API; empty if there is none. */
  public static Optional<Role> of(String name) {
    return Stream.of(values()).filter(role -> role.text().equals(name)).findFirst();
  }

  /** Returns the name in the API and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the role that may do less. */
  public Role and(Role other) {
    return compareTo(other) < 0 ? this : other;
  }

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}

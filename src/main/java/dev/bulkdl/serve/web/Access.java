package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Principal;
import dev.bulkdl.serve.user.Role;
import java.util.Locale;

/** What a request needs before a route handles it. */
enum Access {
  /** Nothing: for the sign-in itself. */
  OPEN,
  /** A sign-in. For what belongs to the own account. */
  ACCOUNT,
  /** A sign-in. For jobs; a user sees the own ones only. */
  READ,
  /** The role {@code write}. */
  WRITE,
  /** The account of an administrator. A token may have any scope. */
  OVERSEE,
  /** The role {@code admin}. */
  ADMIN;

  /**
   * Returns whether these rights are enough. A pure function.
   *
   * @param changes whether the request changes something
   */
  boolean permits(Principal who, boolean changes) {
    return switch (this) {
      case OPEN -> true;
      case ACCOUNT -> who.isSession() || !changes || who.scope().includes(Role.WRITE);
      case READ -> true;
      case WRITE -> who.role().includes(Role.WRITE);
      case OVERSEE -> who.seesAll();
      case ADMIN -> who.role() == Role.ADMIN;
    };
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

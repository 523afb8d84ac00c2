package dev.bulkdl.serve.user;

import java.time.Instant;
import java.util.Optional;

/**
 * An account.
 *
 * @param name what is written at the sign-in; never changes
 * @param root the folder of the user's files, absolute
 * @param disabled it can neither sign in nor use a token
 */
public record User(
    String id,
    String name,
    Role role,
    String root,
    Quota quota,
    boolean disabled,
    Instant created,
    Optional<Instant> lastSeen) {}

package dev.bulkdl.serve.user;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Hashes passwords with Argon2id. A hash takes 19 MiB and some 50 ms, so only two are computed at
 * one time, and only a bounded number waits.
 */
public final class Passwords {

  /**
   * How much work a hash is.
   *
   * @param memory in KiB
   */
  public record Cost(int memory, int iterations) {

    /** The least that OWASP asks for. */
    public static final Cost USUAL = new Cost(19_456, 2);
  }

  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private static final int AT_ONCE = 2;
  private static final int WAITING = 16;

  private static final int SHORTEST = 8;
  private static final int LONGEST = 512;

  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final AtomicInteger present = new AtomicInteger();
  private final Secrets secrets;
  private final Cost cost;

  /** Compared with where there is no user, so that an unknown name takes the same time. */
  private final String decoy;

  /** Too many passwords are being checked at this moment. */
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  public Passwords(Secrets secrets, Cost cost) {
    this.secrets = secrets;
    this.cost = cost;
    this.decoy = hash(secrets.secret());
  }

  /**
   * Checks a new password.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static void check(String password) {
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      throw new IllegalArgumentException("a password has at least " + SHORTEST + " characters");
    }
    if (password.length() > LONGEST) {
      throw new IllegalArgumentException("a password has at most " + LONGEST + " characters");
    }
  }

  /**
   * Returns the hash as a PHC string.
   *
   * @throws Busy when too many wait
   */
  public String hash(String password) {
    byte[] salt = secrets.bytes(SALT_BYTES);
    byte[] plain = password.getBytes(StandardCharsets.UTF_8);
    return inTurn(
        () ->
            Argon2Function.getInstance(cost.memory, cost.iterations, LANES, HASH_BYTES, Argon2.ID)
                .hash(plain, salt)
                .getResult());
  }

  /**
   * Returns whether the password has this hash.
   *
   * @throws Busy when too many wait
   */
  public boolean matches(String password, String phc) {
    if (password.length() > LONGEST) {
      return false;
    }
    byte[] plain = password.getBytes(StandardCharsets.UTF_8);
    byte[] hash = phc.getBytes(StandardCharsets.UTF_8);
    return inTurn(() -> Argon2Function.getInstanceFromHash(phc).check(plain, hash));
  }

  /** Takes as long as {@link #matches}, for names that do not exist. */
  void matchNobody(String password) {
    boolean unused = matches(password, decoy);
  }

  private <T> T inTurn(Supplier<T> work) {
    if (present.incrementAndGet() > AT_ONCE + WAITING) {
      present.decrementAndGet();
      throw new Busy();
    }
    try {
      turns.acquireUninterruptibly();
      try {
        return work.get();
      } finally {
        turns.release();
      }
    } finally {
      present.decrementAndGet();
    }
  }
}

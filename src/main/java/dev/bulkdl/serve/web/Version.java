package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.Job;
import dev.bulkdl.serve.job.JobLimits;
import dev.bulkdl.serve.job.Timetable;
import dev.bulkdl.serve.user.Secrets;
import dev.bulkdl.serve.user.User;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells apart what people have set of a thing. It is the field {@code version} of an answer, and in
 * quotes its ETag. What changes by itself, such as a rate or a state, is no part of it.
 */
final class Version {

  private static final int LENGTH = 16;
  private static final String ANY = "*";

  private Version() {}

  static String of(Job job) {
    return of(
        job.name(),
        job.note(),
        job.priority(),
        JobJson.Limits.of(job.limits()),
        JobJson.Schedule.of(job.schedule()));
  }

  static String of(User user) {
    return of(user.role(), user.quota(), user.disabled());
  }

  static String of(JobLimits limits) {
    return of((Object) JobJson.Limits.of(limits));
  }

  static String of(Timetable table) {
    return of(table.text(), table.zone());
  }

  private static String of(Object... parts) {
    StringBuilder all = new StringBuilder();
    for (String part : Stream.of(parts).map(String::valueOf).toList()) {
      all.append(part.length()).append(':').append(part);
    }
    return Secrets.hash(all.toString()).substring(0, LENGTH);
  }

  /** Returns the answer with the version as its ETag. */
  static Answer tagged(Answer answer, String version) {
    return answer.with("ETag", '"' + version + '"');
  }

  /**
   * Refuses a change that was made for another version.
   *
   * @throws Problem when the request has an If-Match without this version
   */
  static void check(Call call, String version) {
    String wanted = call.asked().headers().getOrDefault("if-match", ANY).strip();
    boolean matches =
        wanted.equals(ANY) || List.of(wanted.split("\\s*,\\s*", -1)).contains('"' + version + '"');
    if (!matches) {
      throw Problem.of(
          Problem.CHANGED,
          "somebody has changed this meanwhile; look at the new values, and change them again");
    }
  }
}

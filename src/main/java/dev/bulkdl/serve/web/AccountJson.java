package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Quota;
import dev.bulkdl.serve.user.Sessions;
import dev.bulkdl.serve.user.Tokens;
import dev.bulkdl.serve.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The JSON of accounts, as requests and answers have it. */
final class AccountJson {

  private AccountJson() {}

  /**
   * @param setup whether there is no user yet
   */
  record Health(String status, boolean setup) {}

  record Setup(String code, String name, String password) {}

  record SignInRequest(String name, String password) {}

  record Me(String id, String name, String role) {}

  /**
   * @param token what each changing request of a browser sends in the header X-Bulkdl-Token; empty
   *     for a request with an API token
   */
  record SessionAnswer(Me user, String token) {}

  record Used(long bytes, long files) {}

  /**
   * @param version of what an administrator can change, for If-Match
   */
  record UserAnswer(
      String id,
      String name,
      String role,
      String root,
      Quota quota,
      Used used,
      boolean disabled,
      Instant created,
      Optional<Instant> lastSeen,
      String version) {

    static UserAnswer of(User user, Used used) {
      return new UserAnswer(
          user.id(),
          user.name(),
          user.role().text(),
          user.root(),
          user.quota(),
          used,
          user.disabled(),
          user.created(),
          user.lastSeen(),
          Version.of(user));
    }
  }

  record Users(List<UserAnswer> items) {}

  /**
   * @param root the folder below the root of all; the name without it
   */
  record UserRequest(
      String name,
      String password,
      Optional<String> role,
      Optional<String> root,
      Optional<Quota> quota) {}

  record UserPatch(Optional<String> role, Optional<Quota> quota, Optional<Boolean> disabled) {}

  /**
   * @param current the own password of who asks
   */
  record PasswordRequest(String password, Optional<String> current) {}

  record TokenRequest(String name, Optional<List<String>> scopes, Optional<Instant> expires) {}

  record TokenAnswer(
      String id,
      String name,
      List<String> scopes,
      Instant created,
      Optional<Instant> lastUsed,
      Optional<Instant> expires) {

    static TokenAnswer of(Tokens.Info info) {
      return new TokenAnswer(
          info.id(),
          info.name(),
          List.of(info.scope().text()),
          info.created(),
          info.lastUsed(),
          info.expires());
    }
  }

  /**
   * @param token shown only in this answer
   */
  record NewTokenAnswer(
      String id,
      String name,
      List<String> scopes,
      Instant created,
      Optional<Instant> expires,
      String token) {}

  record TokensAnswer(List<TokenAnswer> items) {}

  record SessionsAnswer(List<Sessions.SessionInfo> items) {}
}

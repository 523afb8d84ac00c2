package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.web.TestClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Setup, signing in and out, tokens. S-n is the n-th rule of the security checklist. */
class SignInTest {

  @TempDir private Path folder;
  private TestSite site;

  @BeforeEach
  void open() throws IOException {
    site = TestSite.open(folder);
  }

  @AfterEach
  void close() {
    site.close();
    assertThat(site.bugs()).isEmpty();
  }

  private static String setup(String code) {
    return "{\"code\":\"" + code + "\",\"name\":\"alice\",\"password\":\"correct horse\"}";
  }

  @Test
  void s2TheSetupCodeMakesTheFirstUserOnceAndIsGoneThen() throws IOException {
    String code = site.setupCode();
    Path file = folder.resolve("state/setup-code");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(code.replace("-", "")).hasSize(26);
    assertThat(site.nobody().get("/health").text("setup")).isEqualTo("true");
    assertThat(site.nobody().post("/setup", setup("wrong-code")).status()).isEqualTo(401);
    TestClient alice = site.nobody();
    Reply made = alice.post("/setup", setup(code.toUpperCase(java.util.Locale.ROOT)));
    assertThat(made.status()).isEqualTo(201);
    alice.keep(made);
    assertThat(alice.get("/session").json().at("/user/role").stringValue()).isEqualTo("admin");
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("files/alice")).isDirectory();
    assertThat(site.nobody().post("/setup", setup(code)).status()).isEqualTo(409);
    assertThat(site.nobody().get("/health").text("setup")).isEqualTo("false");
  }

  @Test
  void s2WrongSetupCodesAreThrottled() {
    Reply last = null;
    for (int i = 0; i < 31; i++) {
      last = site.nobody().post("/setup", setup("wrong" + i));
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 12);
  }

  @Test
  void s1NothingButTheSignInIsOpen() {
    for (String path : new String[] {"/jobs", "/users", "/metrics", "/openapi.json", "/none"}) {
      Reply reply = site.nobody().get(path);
      assertThat(reply.status()).as(path).isEqualTo(401);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
    assertThat(site.nobody().get("/health").status()).isEqualTo(200);
    assertThat(site.nobody().get(site.page().toString()).status()).isEqualTo(200);
  }

  @Test
  void s6EachSignInHasANewSessionAndTheOldOneOfTheBrowserEnds() {
    site.add("alice", Role.WRITE);
    TestClient browser = site.signedIn("alice");
    String first = browser.header("Cookie");
    TestClient copy = browser.with("X-Copy", "1");
    assertThat(browser.signIn("alice", TestSite.PASSWORD).status()).isEqualTo(200);
    assertThat(browser.header("Cookie")).isNotEqualTo(first);
    assertThat(copy.get("/session").status()).isEqualTo(401);
    assertThat(browser.get("/session").status()).isEqualTo(200);
  }

  @Test
  void s6TheOldestOfTooManySessionsEnds() {
    site.add("alice", Role.WRITE);
    TestClient first = site.signedIn("alice");
    for (int i = 0; i < 20; i++) {
      site.signedIn("alice");
    }
    assertThat(first.get("/session").status()).isEqualTo(401);
  }

  @Test
  void signingOutEndsTheSession() {
    site.add("alice", Role.READ);
    TestClient alice = site.signedIn("alice");
    Reply out = alice.delete("/session");
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("Set-Cookie")).startsWith("bulkdl=;").contains("Max-Age=0");
    assertThat(alice.get("/session").status()).isEqualTo(401);
  }

  @Test
  void s8GuessingIsSlowedDownForThatAccountAndAddressOnly() {
    site.add("alice", Role.READ);
    site.add("bob", Role.READ);
    TestClient signedIn = site.signedIn("alice");
    Reply last = null;
    for (int i = 0; i < 6; i++) {
      last = site.nobody().signIn("alice", "wrong password");
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("Retry-After")).isNotEmpty();
    assertThat(signedIn.get("/session").status()).isEqualTo(200);
    assertThat(site.nobody().signIn("bob", TestSite.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void s7AnUnknownNameGetsTheSameAnswerAsAWrongPassword() {
    site.add("alice", Role.READ);
    Reply wrong = site.nobody().signIn("alice", "wrong password");
    Reply unknown = site.nobody().signIn("nobody", "wrong password");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text("detail")).isEqualTo(wrong.text("detail"));
  }

  @Test
  void s7NeitherPasswordsNorSecretsAreInTheDatabase() throws IOException {
    site.close();
    site = TestSite.openUsual(folder);
    site.add("alice", Role.WRITE);
    TestClient alice = site.signedIn("alice");
    String token =
        alice.post("/tokens", "{\"name\":\"script\",\"scopes\":[\"write\"]}").text("token");
    String cookie = alice.header("Cookie").substring("bulkdl=".length());
    site.close();
    for (String name : new String[] {"bulkdl.db", "bulkdl.db-wal"}) {
      Path file = folder.resolve("state").resolve(name);
      if (Files.exists(file)) {
        String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(content.contains(TestSite.PASSWORD)).isFalse();
        assertThat(content.contains(token)).isFalse();
        assertThat(content.contains(cookie)).isFalse();
        assertThat(content).contains("$argon2id$v=19$m=19456,t=2,p=1$");
      }
    }
    site = TestSite.open(folder);
    assertThat(site.nobody().token(token).get("/session").status()).isEqualTo(200);
  }

  @Test
  void aTokenMayDoNoMoreThanItsScopeAndItsUser() {
    site.add("root", Role.ADMIN);
    TestClient root = site.signedIn("root");
    String read = root.post("/tokens", "{\"name\":\"r\",\"scopes\":[\"read\"]}").text("token");
    TestClient script = site.nobody().token(read);
    assertThat(script.get("/users").status()).isEqualTo(200);
    assertThat(script.post("/users", "{\"name\":\"x\",\"password\":\"12345678\"}").status())
        .isEqualTo(403);
    assertThat(script.post("/tokens", "{\"name\":\"w\",\"scopes\":[\"admin\"]}").status())
        .isEqualTo(403);
    site.add("alice", Role.WRITE);
    Reply more = site.signedIn("alice").post("/tokens", "{\"name\":\"w\",\"scopes\":[\"admin\"]}");
    assertThat(more.status()).isEqualTo(422);
    assertThat(more.text("field")).isEqualTo("scopes");
  }

  @Test
  void s5ALesserRoleANewPasswordAndADisabledAccountEndSignInsAtOnce() {
    site.add("root", Role.ADMIN);
    String id = site.add("alice", Role.WRITE).id();
    TestClient root = site.signedIn("root");
    TestClient alice = site.signedIn("alice");
    String token = alice.post("/tokens", "{\"name\":\"s\",\"scopes\":[\"write\"]}").text("token");
    TestClient script = site.nobody().token(token);
    assertThat(root.send("PATCH", "/users/" + id, "{\"role\":\"read\"}").status()).isEqualTo(200);
    assertThat(alice.get("/session").status()).isEqualTo(401);
    assertThat(script.get("/session").json().at("/user/role").stringValue()).isEqualTo("read");
    TestClient again = site.signedIn("alice");
    assertThat(root.post("/users/" + id + "/password", "{\"password\":\"another one\"}").status())
        .isEqualTo(204);
    assertThat(again.get("/session").status()).isEqualTo(401);
    assertThat(root.send("PATCH", "/users/" + id, "{\"disabled\":true}").status()).isEqualTo(200);
    assertThat(script.get("/session").status()).isEqualTo(401);
    assertThat(site.nobody().signIn("alice", "another one").status()).isEqualTo(401);
  }

  @Test
  void theLastAdministratorStays() {
    String id = site.add("root", Role.ADMIN).id();
    TestClient root = site.signedIn("root");
    for (String change : new String[] {"{\"role\":\"write\"}", "{\"disabled\":true}"}) {
      Reply reply = root.send("PATCH", "/users/" + id, change);
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.text("detail")).contains("last administrator");
    }
    assertThat(root.delete("/users/" + id).status()).isEqualTo(409);
  }

  @Test
  void theOwnPasswordNeedsThePresentOne() {
    site.add("alice", Role.READ);
    TestClient alice = site.signedIn("alice");
    Reply wrong = alice.post("/users/me/password", "{\"password\":\"another one\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text("field")).isEqualTo("current");
    assertThat(
            alice
                .post(
                    "/users/me/password",
                    "{\"password\":\"another one\",\"current\":\"correct horse\"}")
                .status())
        .isEqualTo(204);
    assertThat(alice.get("/session").status()).describedAs("this session stays").isEqualTo(200);
  }

  @Test
  void s29TheAuditLogSaysWhoDidWhatAndEscapesWhatItRepeats() {
    site.add("root", Role.ADMIN);
    site.nobody().signIn("x\u001b[2J\u202e\nforged", "whatever it is");
    Reply audit = site.signedIn("root").get("/audit?limit=10");
    assertThat(audit.json().at("/items/0/what").stringValue()).isEqualTo("signed in");
    assertThat(audit.json().at("/items/1/what").stringValue()).isEqualTo("sign-in refused");
    String who = audit.json().at("/items/1/who").stringValue();
    assertThat(who).doesNotContain("\u001b").doesNotContain("\u202e").doesNotContain("\n");
    assertThat(audit.json().at("/items/1/address").stringValue()).isEqualTo("127.0.0.1");
  }
}

package dev.bulkdl.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsersLocaleTest {

  private static Map<String, String> restored(Map<String, String> environment) {
    Map<String, String> changed = new HashMap<>(environment);
    UsersLocale.restore(changed);
    return changed;
  }

  @Test
  void givesEachVariableItsValueBack() {
    assertThat(
            restored(
                Map.of(
                    "BULKDL_USERS_LOCALE", "LC_ALL=de_DE LC_CTYPE= LANG=C",
                    "LC_CTYPE", "C.UTF-8",
                    "LC_MESSAGES", "fr_FR")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("LC_ALL", "de_DE", "LANG", "C", "LC_MESSAGES", "fr_FR"));
  }

  @Test
  void changesNothingWhereTheLocaleIsTheUsersOwn() {
    assertThat(restored(Map.of("LC_ALL", "C.UTF-8"))).isEqualTo(Map.of("LC_ALL", "C.UTF-8"));
  }

  @Test
  void changesNothingButTheLocale() {
    assertThat(restored(Map.of("BULKDL_USERS_LOCALE", "PATH=/evil L=1 LC_ALL=C")))
        .isEqualTo(Map.of("LC_ALL", "C"));
  }
}

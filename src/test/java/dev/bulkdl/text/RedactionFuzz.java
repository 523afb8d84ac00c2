package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever stands around a secret, it is not shown; and no terminal obeys what is. */
class RedactionFuzz {

  private static final String SECRET = "pa55-w0rd";

  private static final List<String> PLACES =
      List.of(
          "http://u:" + SECRET + "@h/",
          "https://" + SECRET + "@h/x",
          "http://h/?token=" + SECRET,
          "http://h/x?a=1&X-Amz-Signature=" + SECRET + "&b",
          "?sig=" + SECRET,
          ";sessionid=" + SECRET);

  @DictionaryEntries({"://", "@", "?", "&", ";", "=", "token", "sig=", "#", " ", "\\x1b["})
  @FuzzTest
  void showsNoSecret(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (text.contains(SECRET)) {
      return; // the fuzzer has learned it, and it may stand where nothing makes it a secret
    }
    String before = text.substring(0, text.length() / 2);
    String after = text.substring(text.length() / 2);
    for (String place : PLACES) {
      String shown = Redaction.of(before + place + after);
      assertThat(shown).doesNotContain(SECRET).doesNotContainPattern("\\p{Cntrl}");
    }
  }
}

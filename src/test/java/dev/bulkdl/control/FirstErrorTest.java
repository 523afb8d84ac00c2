package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FirstErrorTest {

  private final FirstError bug = new FirstError();

  @Test
  void throwsNothingWhereNothingWasMet() {
    assertThatNoException().isThrownBy(bug::rethrow);
  }

  @Test
  void throwsTheFirstOnly() {
    bug.met(new IllegalStateException("first"));
    bug.met(new IllegalArgumentException("second"));
    assertThatIllegalStateException().isThrownBy(bug::rethrow).withMessage("first");
  }

  @Test
  void throwsErrorsAsTheyAre() {
    bug.met(new AssertionError("bug"));
    assertThatExceptionOfType(AssertionError.class).isThrownBy(bug::rethrow);
  }

  @Test
  void wrapsWhatIsNoBugByItself() {
    bug.met(new IOException("odd"));
    assertThatIllegalStateException()
        .isThrownBy(bug::rethrow)
        .withCauseInstanceOf(IOException.class);
  }
}

package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Origin;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private final RetryBudget budget = new RetryBudget();

  @Test
  void countsFailuresWithoutProgress() {
    assertThat(budget.failed(0)).isEqualTo(1);
    assertThat(budget.failed(0)).isEqualTo(2);
    assertThat(budget.failed(0)).isEqualTo(3);
  }

  @Test
  void progressResetsIt() {
    budget.failed(0);
    budget.failed(0);
    assertThat(budget.failed(1)).isEqualTo(1);
    assertThat(budget.failed(1)).isEqualTo(2);
    assertThat(budget.failed(2)).isEqualTo(1);
  }

  @Test
  void earlierBytesAreNoProgress() {
    budget.startFrom(100);
    assertThat(budget.failed(100)).isEqualTo(1);
    assertThat(budget.failed(100)).isEqualTo(2);
    assertThat(budget.failed(101)).isEqualTo(1);
  }

  @Test
  void aFileThatStartsAgainMustGetFurtherThanBefore() {
    assertThat(budget.failed(50)).isEqualTo(1);
    assertThat(budget.failed(0)).isEqualTo(2);
    assertThat(budget.failed(50)).isEqualTo(3);
    assertThat(budget.failed(51)).isEqualTo(1);
  }

  @Test
  void returnsWhatTheOriginServedSinceItLastAskedToWait() {
    Origin here = new Origin("http", "here", 80);
    Origin there = new Origin("http", "there", 80);
    assertThat(budget.asksToWait(here, 0)).isZero();
    assertThat(budget.asksToWait(here, 7)).isEqualTo(7);
    assertThat(budget.asksToWait(here, 7)).isZero();
    assertThat(budget.asksToWait(there, 3)).isEqualTo(3);
    assertThat(budget.asksToWait(there, 0)).isNegative();
  }
}

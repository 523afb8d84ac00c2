package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.board.BoardModel.FileRow;
import dev.bulkdl.model.TargetName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewStateTest {

  private static final BoardModel NINE = Boards.model(9, 0);

  private static ViewState after(BoardModel model, Key... keys) {
    ViewState state = ViewState.FIRST;
    for (Key key : keys) {
      state = state.after(key, model);
    }
    return state;
  }

  private static BoardModel without(BoardModel model, int row) {
    List<FileRow> files = new ArrayList<>(model.files());
    files.remove(row);
    return Boards.with(model, files);
  }

  @Test
  void nothingIsChosenAtFirst() {
    assertThat(ViewState.FIRST.chosen(NINE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DOWN, 0",
    "DOWN DOWN, 1",
    "DOWN DOWN UP, 0",
    "UP, 0",
    "END, 8",
    "END DOWN, 8",
    "DOWN UP UP, 0",
    "END HOME, 0",
    "END PAGE_UP, 0",
    "DOWN PAGE_DOWN, 8"
  })
  void arrowsChooseAFile(String keys, int row) {
    ViewState state = ViewState.FIRST;
    for (String key : keys.split(" ", -1)) {
      state = state.after(Key.valueOf(key), NINE);
    }
    assertThat(state.row(NINE)).isEqualTo(row);
    assertThat(state.chosen(NINE)).contains(new Chosen.File(NINE.files().get(row).target()));
  }

  @Test
  void theChosenFileStaysChosenWhenItsRowMoves() {
    ViewState state = after(NINE, Key.DOWN, Key.DOWN, Key.DOWN);
    TargetName chosen = NINE.files().get(2).target();
    BoardModel moved = without(NINE, 0);
    assertThat(state.row(moved)).isEqualTo(1);
    assertThat(state.chosen(moved)).contains(new Chosen.File(chosen));
  }

  @Test
  void noOtherFileIsChosenInPlaceOfOneThatEnded() {
    ViewState state = after(NINE, Key.DOWN, Key.DOWN, Key.DOWN);
    BoardModel ended = without(NINE, 2);
    assertThat(state.chosen(ended)).isEmpty();
    assertThat(state.after(Key.UP, ended).row(ended)).isEqualTo(1);
  }

  @Test
  void aViewIsOneKeyAway() {
    assertThat(after(NINE, Key.HOSTS).view()).isEqualTo(View.HOSTS);
    assertThat(after(NINE, Key.LOG, Key.FILES).view()).isEqualTo(View.FILES);
    assertThat(after(NINE, Key.NEXT_VIEW, Key.NEXT_VIEW).view()).isEqualTo(View.FAILURES);
    assertThat(after(NINE, Key.LOG, Key.NEXT_VIEW).view()).isEqualTo(View.QUEUE);
    assertThat(after(NINE, Key.DONE, Key.NEXT_VIEW).view()).isEqualTo(View.FILES);
  }

  @Test
  void helpOpensAndCloses() {
    assertThat(after(NINE, Key.HELP).help()).contains(0);
    assertThat(after(NINE, Key.HELP, Key.HELP).help()).isEmpty();
    assertThat(after(NINE, Key.HELP, Key.HOSTS).help()).isEmpty();
  }

  @Test
  void theHelpScrollsAndLeavesTheChoiceAlone() {
    ViewState chosen = after(NINE, Key.DOWN);
    ViewState down = chosen.after(Key.HELP, NINE).after(Key.DOWN, NINE).after(Key.DOWN, NINE);
    assertThat(down.help()).contains(2);
    assertThat(down.after(Key.UP, NINE).help()).contains(1);
    assertThat(down.after(Key.END, NINE).help()).contains(KeyText.helpLines() - 1);
    assertThat(down.after(Key.HELP, NINE)).isEqualTo(chosen);
  }

  @Test
  void aQueuedFileCanBeChosen() {
    ViewState state = after(NINE, Key.QUEUE, Key.DOWN, Key.DOWN);
    assertThat(state.chosen(NINE)).contains(new Chosen.File(TargetName.of("next/two.bin")));
    assertThat(state.after(Key.FILES, NINE).chosen(NINE)).isEmpty();
    assertThat(after(NINE, Key.DONE, Key.DOWN).row(NINE)).isEqualTo(1);
    assertThat(after(NINE, Key.DONE, Key.DOWN).chosen(NINE)).isEmpty();
  }

  @Test
  void aHostCanBeChosen() {
    ViewState state = after(NINE, Key.HOSTS);
    assertThat(state.chosen(NINE)).isEmpty();
    state = state.after(Key.DOWN, NINE).after(Key.DOWN, NINE);
    assertThat(state.chosen(NINE)).contains(new Chosen.Host(NINE.hosts().get(1).host().origin()));
    assertThat(state.row(NINE)).isEqualTo(1);
    assertThat(state.after(Key.FILES, NINE).chosen(NINE)).isEmpty();
  }

  @Test
  void thereIsNothingToChooseInAnEmptyTable() {
    BoardModel empty = Boards.with(NINE, List.of());
    assertThat(after(empty, Key.DOWN, Key.END).chosen(empty)).isEmpty();
    assertThat(after(empty, Key.DOWN, Key.END).row(empty)).isZero();
  }

  @Test
  void otherKeysChangeNothing() {
    ViewState state = after(NINE, Key.DOWN);
    for (Key key :
        List.of(
            Key.PAUSE, Key.PAUSE_CHOSEN, Key.MORE, Key.FEWER, Key.CANCEL, Key.RETRY, Key.OTHER)) {
      assertThat(state.after(key, NINE)).isEqualTo(state);
    }
  }
}

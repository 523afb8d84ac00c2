package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * A piece of a line that gives way when the line is too long: to its shorter forms, then
 * altogether.
 *
 * @param weight those of less weight give way first
 * @param forms the same said ever shorter
 */
record Item(int weight, Paint paint, List<String> forms) {

  private static final String GAP = "  ";
  private static final int SHORTER_IS_DEARER_BY = 3;

  Item {
    forms = List.copyOf(forms);
  }

  static Item of(int weight, Paint paint, String... forms) {
    return new Item(weight, paint, List.of(forms));
  }

  /** The items in their order, in at most so many columns. */
  static AttributedString line(List<Item> items, int columns, Theme look) {
    List<Item> shown = new ArrayList<>(items);
    while (width(shown) > columns && !(shown.size() == 1 && shown.getFirst().forms.size() == 1)) {
      giveWay(shown);
    }
    StyledText ink = new StyledText(look);
    String gap = "";
    for (Item item : shown) {
      ink.put(gap).put(Columns.cutEnd(item.text(), columns, look.cut()), item.paint);
      gap = GAP;
    }
    return ink.line();
  }

  private String text() {
    return forms.getFirst();
  }

  private static int width(List<Item> items) {
    int gaps = GAP.length() * Math.max(0, items.size() - 1);
    return gaps + items.stream().mapToInt(item -> Columns.width(item.text())).sum();
  }

  private static void giveWay(List<Item> items) {
    Item lightest = Collections.min(items, Comparator.comparingInt(Item::weight));
    int at = items.indexOf(lightest);
    if (lightest.forms.size() == 1) {
      items.remove(at);
    } else {
      List<String> shorter = lightest.forms.subList(1, lightest.forms.size());
      items.set(at, new Item(lightest.weight + SHORTER_IS_DEARER_BY, lightest.paint, shorter));
    }
  }
}

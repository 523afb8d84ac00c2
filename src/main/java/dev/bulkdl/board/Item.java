package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * A piece of a line. If the line is too long, the piece is replaced by its shorter forms and
 * finally removed.
 *
 * @param weight pieces of less weight are shortened first
 * @param forms the same content, from the longest to the shortest form
 */
record Item(int weight, Paint paint, List<String> forms) {

  private static final String GAP = "  ";
  private static final int WEIGHT_PER_SHORTENING = 3;

  Item {
    forms = List.copyOf(forms);
  }

  static Item of(int weight, Paint paint, String... forms) {
    return new Item(weight, paint, List.of(forms));
  }

  /** Returns the items in their order, in at most {@code columns} columns. */
  static AttributedString line(List<Item> items, int columns, Theme look) {
    List<Item> shown = new ArrayList<>(items);
    while (width(shown) > columns && !(shown.size() == 1 && shown.getFirst().forms.size() == 1)) {
      shortenLightest(shown);
    }
    StyledText styled = new StyledText(look);
    String gap = "";
    for (Item item : shown) {
      styled.put(gap).put(Columns.cutEnd(item.text(), columns, look.cut()), item.paint);
      gap = GAP;
    }
    return styled.line();
  }

  private String text() {
    return forms.getFirst();
  }

  private static int width(List<Item> items) {
    int gaps = GAP.length() * Math.max(0, items.size() - 1);
    return gaps + items.stream().mapToInt(item -> Columns.width(item.text())).sum();
  }

  private static void shortenLightest(List<Item> items) {
    Item lightest = Collections.min(items, Comparator.comparingInt(Item::weight));
    int at = items.indexOf(lightest);
    if (lightest.forms.size() == 1) {
      items.remove(at);
    } else {
      List<String> shorter = lightest.forms.subList(1, lightest.forms.size());
      items.set(at, new Item(lightest.weight + WEIGHT_PER_SHORTENING, lightest.paint, shorter));
    }
  }
}

package dev.bulkdl.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Wall time and CPU time of every client on every workload, each as a bar beside that of the best
 * peer.
 */
record Plot(List<Table> tables) {
  private static final int BAR = 14;
  private static final int LEFT = 210;
  private static final int WIDTH = 760;
  private static final double LARGEST = 4;

  String svg() {
    List<String> shapes = new ArrayList<>();
    int y = 40;
    for (Table table : tables) {
      shapes.add(text(8, y, "bold", table.workload().title()));
      y += 8;
      for (var entry : table.figures().entrySet()) {
        y += bars(shapes, y, table, entry.getKey(), entry.getValue());
      }
      y += 30;
    }
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\""
                + " height=\"100%%\" fill=\"white\"/>%n",
            WIDTH,
            y)
        + text(
            8,
            18,
            "normal",
            "Dark: wall time, light: CPU, each as a multiple of the best peer's; shorter is better. The line is 1.")
        + String.join("\n", shapes)
        + "\n</svg>\n";
  }

  private static int bars(
      List<String> shapes, int y, Table table, Client client, List<Measurement> runs) {
    double wall = Table.spread(runs, Measurement::wall).median();
    double cpu = Table.spread(runs, Measurement::cpu).median();
    double wallRatio = wall / table.best(Measurement::wall).orElse(wall);
    double cpuRatio = cpu / table.best(Measurement::cpu).orElse(cpu);
    String dark = client.isBulkdl() ? "#0b6e4f" : "#555555";
    String light = client.isBulkdl() ? "#73c2a4" : "#b5b5b5";
    shapes.add(text(16, y + BAR, "normal", client.name()));
    shapes.add(bar(y + 2, wallRatio, dark));
    shapes.add(bar(y + 2 + BAR / 2, cpuRatio, light));
    shapes.add(
        text(
            LEFT + (int) length(Math.max(wallRatio, cpuRatio)) + 6,
            y + BAR,
            "normal",
            String.format(Locale.ROOT, "%.2f s, %.2f s CPU", wall, cpu)));
    int one = LEFT + (int) length(1);
    shapes.add(
        String.format(
            "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#cc3333\"/>",
            one, one, y, y + BAR + 4));
    return BAR + 4;
  }

  private static double length(double ratio) {
    return Math.min(ratio, LARGEST) / LARGEST * (WIDTH - LEFT - 150);
  }

  private static String bar(int y, double ratio, String fill) {
    return String.format(
        Locale.ROOT,
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
        LEFT,
        y,
        length(ratio),
        BAR / 2,
        fill);
  }

  private static String text(int x, int y, String weight, String words) {
    return String.format(
        "<text x=\"%d\" y=\"%d\" font-weight=\"%s\">%s</text>%n",
        x, y, weight, words.replace("&", "&amp;").replace("<", "&lt;"));
  }
}

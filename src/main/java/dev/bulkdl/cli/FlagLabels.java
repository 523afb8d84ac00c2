package dev.bulkdl.cli;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.Model.ArgSpec;

/** Shows a flag as a flag, though it may have a value in the environment. */
record FlagLabels(IParamLabelRenderer others) implements IParamLabelRenderer {

  @Override
  public Text renderParameterLabel(ArgSpec arg, Ansi ansi, List<Ansi.IStyle> styles) {
    return isFlag(arg) ? ansi.text("") : others.renderParameterLabel(arg, ansi, styles);
  }

  private static boolean isFlag(ArgSpec arg) {
    return arg.type() == boolean.class || arg.type() == Boolean.class;
  }

  @Override
  public String separator() {
    return others.separator();
  }

  /** Help that uses these labels. */
  static Help help(picocli.CommandLine.Model.CommandSpec spec, Help.ColorScheme colors) {
    return new Help(spec, colors) {
      @Override
      public IParamLabelRenderer createDefaultParamLabelRenderer() {
        return new FlagLabels(super.createDefaultParamLabelRenderer());
      }
    };
  }
}

package dev.bulkdl.text;

import java.util.regex.Pattern;

/** Names that Windows takes for devices, with any ending. No folder is given such a name. */
public final class DeviceNames {

  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])([.:].*)?");

  private DeviceNames() {}

  /** Returns whether one part of a path is such a name. */
  public static boolean isDevice(String part) {
    return DEVICE.matcher(part).matches();
  }
}

package dev.bulkdl.demo;

import java.util.List;

/**
 * A file that the server generates.
 *
 * @param name its path on the server, and its name below the output folder
 * @param sha256 the hash of {@link Generated} content of this size
 */
record DemoFile(String name, long size, String sha256) {

  /**
   * The files of the demo, from an empty file to one that is large enough for several connections.
   */
  static final List<DemoFile> ALL =
      List.of(
          new DemoFile(
              "empty.txt", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
          new DemoFile(
              "one-byte.bin",
              1,
              "58f7b0780592032e4d8602a3e8690fb2c701b2e1dd546e703445aabd6469734d"),
          new DemoFile(
              "4-KiB.bin",
              4 << 10,
              "8be8dbb9653cca51628204ece76cd76158adee00a31ede3fd0d87230de251dd9"),
          new DemoFile(
              "odd-1-MiB.bin",
              (1 << 20) + 7,
              "1529e359d568d4f6924611c1a53c2a0c4be397a59485a446c91fcca6bd96b0a5"),
          new DemoFile(
              "16-MiB.bin",
              16 << 20,
              "2d3f4c2256c3605138d648a1ec6319b219a20c0b76519377f7a1d69cdd8be5b3"),
          new DemoFile(
              "sub/64-MiB.bin",
              64 << 20,
              "f98c4a4e1b23357aba8f12e9804ce11ba0eda29f1f38ed07a89bfca2e2c4b39c"),
          new DemoFile(
              "256-MiB.bin",
              256 << 20,
              "095caf4863df8cb399667e29293e2b92e25050bae33b1d5742e6a12d85ad4a54"));

  Generated content() {
    return new Generated(size);
  }

  /** A strong entity tag (RFC 9110 §8.8.3), derived from the content's hash. */
  String etag() {
    return '"' + sha256.substring(0, 32) + '"';
  }
}

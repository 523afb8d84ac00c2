package dev.bulkdl.cli;

import java.util.List;

/** What the short help shows: the options that are used most, and examples. */
final class HelpExamples {

  private static final int MOST = 10;

  private static final List<String> USED_MOST =
      List.of(
          "--output",
          "--output-dir",
          "--listen",
          "--state",
          "--root",
          "--public-url",
          "--allow-network",
          "--server",
          "--name",
          "--folder",
          "--connections",
          "--duration",
          "--sink",
          "--max-files",
          "--max-connections",
          "--segments",
          "--header",
          "--retries",
          "--overwrite",
          "--skip-bad-rows",
          "--json",
          "--quiet",
          "--verbose");

  private HelpExamples() {}

  /** Returns at most ten of these options, the most used first. */
  static List<String> mostUsed(List<String> options) {
    return USED_MOST.stream().filter(options::contains).limit(MOST).toList();
  }

  /** Returns examples for a command; empty if it needs none. */
  static List<String> of(String command) {
    return switch (command) {
      case "bulkdl", "run" ->
          List.of(
              "bulkdl files.csv                      download every row into ./files",
              "bulkdl urls.txt -d /data -j 8         a list of URLs, 8 files at a time",
              "bulkdl files.csv --header @token.txt  with headers from a file");
      case "get" ->
          List.of(
              "bulkdl get https://example.org/a.iso",
              "bulkdl get https://example.org/a.iso -o b.iso -d /data",
              "bulkdl get https://example.org/a.iso -s 8   with up to 8 connections");
      case "plan" ->
          List.of(
              "bulkdl plan files.csv                 what a run would do",
              "bulkdl plan files.csv -q              only the rows that would fail",
              "bulkdl plan files.csv -d /data        against the files in /data");
      case "verify" ->
          List.of(
              "bulkdl verify files.csv               check the files in ./files",
              "bulkdl verify files.csv -d /data      check the files in /data",
              "bulkdl verify files.csv -v            show the rows that are right too");
      case "bench" ->
          List.of(
              "bulkdl bench files.csv                measure with 1, 4, 16 and 64 connections",
              "bulkdl bench files.csv --connections 8 --duration 30s",
              "bulkdl bench files.csv --sink disk -d /data");
      case "demo" ->
          List.of(
              "bulkdl demo                           download 7 files from this machine",
              "bulkdl demo -d /tmp/demo              into another folder",
              "bulkdl demo --no-board                with plain progress lines");
      case "serve" ->
          List.of(
              "bulkdl serve                          for this machine, at http://127.0.0.1:8017/",
              "bulkdl serve --listen 0.0.0.0:8017 --public-url https://dl.example.org",
              "bulkdl serve --state /var/lib/bulkdl --root /srv/bulkdl");
      case "job" ->
          List.of(
              "bulkdl job add files.csv              order a manifest",
              "bulkdl job list                       all jobs",
              "bulkdl job watch ID                   follow one until it has ended");
      default -> List.of();
    };
  }
}

package dev.bulkdl.perf;

import dev.bulkdl.perf.PerfServer.Way;
import dev.bulkdl.report.HumanFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kind of work that compares clients.
 *
 * @param name the word that selects it
 * @param what the rest of its title
 * @param files the number of files
 * @param size bytes of each file
 * @param way how the server delivers the files
 * @param disk true if the files go to the disk, false if they go to memory
 * @param connections the limit of simultaneous connections
 * @param present true if all files exist before the run
 * @param checksum the hash in the manifest, empty for none
 * @param clients the clients, bulkdl first
 */
record Workload(
    String name,
    String what,
    int files,
    long size,
    Way way,
    boolean disk,
    int connections,
    boolean present,
    String checksum,
    List<Client> clients) {

  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  /** Returns text such as {@code 8 × 1.0 GiB, plain, to memory}. */
  String title() {
    return String.format(Locale.ROOT, "%,d × %s, %s", files, HumanFormat.bytes(size), what);
  }

  long bytes() {
    return files * size;
  }

  /**
   * Returns all workloads.
   *
   * @param tools the programs that clients use
   * @param divisor makes the large files smaller, for a quick run
   */
  static List<Workload> all(Tools tools, int divisor) {
    long large = GIB / divisor;
    long huge = 4 * GIB / divisor;
    Client bulkdl = Client.bulkdl(tools);
    List<Client> plain = with(bulkdl, Client.peers());
    plain.add(Client.floor(tools, "recv", 256));
    plain.add(Client.floor(tools, "recv", 1024));
    plain.add(Client.floor(tools, "splice", 1024));
    List<Client> disk = new ArrayList<>(plain);
    disk.add(1, Client.bulkdl(tools, "--direct"));
    List<Client> tls = with(bulkdl, Client.peers());
    List<Client> split = new ArrayList<>();
    split.add(Client.bulkdl(tools, "-s", "16", "--segment-min", "1M"));
    split.addAll(List.of(Client.aria2("-x16"), Client.axel()));
    List<Client> uneven = new ArrayList<>();
    uneven.add(Client.bulkdl(tools, "-s", "8", "--segment-min", "1M"));
    uneven.addAll(List.of(Client.aria2("-x8"), Client.axel()));
    return List.of(
        new Workload("plain", "plain, to memory", 8, large, Way.PLAIN, false, 8, false, "", plain),
        new Workload("disk", "plain, to the disk", 8, large, Way.PLAIN, true, 8, false, "", disk),
        new Workload(
            "forced",
            "plain, until it is on the disk",
            8,
            large,
            Way.PLAIN,
            true,
            8,
            false,
            "",
            disk.stream().map(Client::forced).toList()),
        new Workload(
            "flood",
            "more than the memory, to the disk",
            24,
            large,
            Way.PLAIN,
            true,
            8,
            false,
            "",
            disk),
        new Workload("tls", "TLS 1.3, to memory", 8, large, Way.TLS, false, 8, false, "", tls),
        new Workload(
            "capped",
            "20 MiB/s a connection, 16 connections",
            1,
            huge,
            Way.CAPPED,
            false,
            16,
            false,
            "",
            split),
        new Workload(
            "single",
            "20 MiB/s a connection, one connection",
            1,
            huge / 16,
            Way.CAPPED,
            false,
            1,
            false,
            "",
            List.of(bulkdl, Client.aria2("-x1"))),
        new Workload(
            "uneven",
            "8 connections, every fourth ten times slower",
            1,
            large,
            Way.UNEVEN,
            false,
            8,
            false,
            "",
            uneven),
        new Workload(
            "small",
            "many small files",
            200_000 / divisor,
            16 << 10,
            Way.PLAIN,
            false,
            32,
            false,
            "",
            with(bulkdl, Client.peers())),
        new Workload(
            "many",
            "as many connections, 64 KiB/s each",
            1000,
            2 * MIB / divisor,
            Way.TRICKLE,
            false,
            1000,
            false,
            "",
            List.of(bulkdl, Client.wget2())),
        new Workload(
            "one",
            "from start to end",
            1,
            16 << 10,
            Way.PLAIN,
            false,
            1,
            false,
            "",
            with(bulkdl, with(Client.jar(tools), Client.peers()))),
        new Workload(
            "present",
            "all there already",
            100_000 / divisor,
            1024,
            Way.PLAIN,
            false,
            32,
            true,
            "",
            List.of(bulkdl, Client.wget2Keeping())),
        hashed("unhashed", "", 4 * GIB / divisor, List.of(bulkdl, Client.aria2("-x1"))),
        hashed("sha256", "sha256", 4 * GIB / divisor, List.of(bulkdl)),
        hashed("md5", "md5", 4 * GIB / divisor, List.of(bulkdl)));
  }

  /** The server is slow enough to leave cores free for hashing. */
  private static Workload hashed(String name, String checksum, long bytes, List<Client> clients) {
    String what = "20 MiB/s a connection, " + (checksum.isEmpty() ? "no hash" : checksum);
    return new Workload(
        name, what, 16, bytes / 16, Way.CAPPED, false, 16, false, checksum, clients);
  }

  private static List<Client> with(Client first, List<Client> others) {
    List<Client> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }
}

package dev.bulkdl.serve.job;

import dev.bulkdl.disk.OwnerOnly;
import dev.bulkdl.report.FailedCsv;
import dev.bulkdl.report.ReportFile;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.report.ResultsCsv;
import dev.bulkdl.report.RunLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of each job in the state folder: its manifest, its rows, and what its runs leave.
 *
 * @param stateDir the state folder
 */
record JobFolders(Path stateDir) {

  Path all() {
    return stateDir.resolve("jobs");
  }

  Path of(String id) {
    return all().resolve(id);
  }

  Path manifest(String id) {
    return of(id).resolve("manifest");
  }

  Path rows(String id) {
    return of(id).resolve("rows");
  }

  Path artifact(String id, Artifact artifact) {
    return switch (artifact) {
      case MANIFEST -> manifest(id);
      case RESULTS -> of(id).resolve(ResultsCsv.FILE_NAME);
      case FAILED -> of(id).resolve(FailedCsv.FILE_NAME);
      case REPORT_HTML -> of(id).resolve(ReportFile.PAGE);
      case REPORT_JSON -> of(id).resolve(ReportJson.FILE_NAME);
      case LOG -> of(id).resolve(RunLog.FILE_NAME);
    };
  }

  /** Creates the folder of a job, which only this account can read. */
  Path create(String id) throws IOException {
    Path folder = of(id);
    OwnerOnly.createFolder(folder);
    return folder;
  }

  /** Returns when the names in a job's folder are on disk. */
  void force(String id) throws IOException {
    force(of(id));
    force(all());
  }

  private static void force(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder)) {
        channel.force(true);
      }
    }
  }

  void delete(String id) throws IOException {
    deleteAll(of(id));
  }

  /** Deletes a folder with all that is in it. Links are not followed. */
  static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // It is gone already.
    }
  }
}

package dev.bulkdl.plan;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Settings;
import dev.bulkdl.transfer.TransferContext;

/**
 * What the plans of all rows share. Thread-safe.
 *
 * @param folder looked at, not taken
 */
record PlanContext(
    TransferContext transfer, OutputFolder folder, Settings settings, Cancellation cancellation) {

  DiskSettings disk() {
    return settings.disk();
  }
}

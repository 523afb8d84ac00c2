package dev.bulkdl.plan;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.transfer.TransferContext;

/**
 * The objects that the plans of all rows share. Thread-safe.
 *
 * @param folder opened with {@link OutputFolder#look}
 */
record PlanContext(
    TransferContext transfer, OutputFolder folder, Settings settings, Cancellation cancellation) {

  DiskSettings disk() {
    return settings.disk();
  }
}

package dev.bulkdl.board;

import dev.bulkdl.model.Origin;
import dev.bulkdl.model.TargetName;

/** What the user chose with the arrow keys. */
sealed interface Chosen {

  record File(TargetName target) implements Chosen {}

  record Host(Origin origin) implements Chosen {}
}

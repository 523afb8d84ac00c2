package dev.bulkdl.inventory;

import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.model.TargetName;
import java.time.Instant;

/**
 * What the inventory knows about one file. No field contains a secret.
 *
 * @param name the file's name in the output folder
 * @param url the URL in the list, redacted
 * @param size the size in bytes
 * @param proof how the content was proven
 * @param from where the content came from; its final URL is redacted, and empty if there was no
 *     redirect
 * @param ended when the file was complete, or was found complete
 * @param run the id of the run that noted it, as in report.json
 */
public record InventoryEntry(
    TargetName name,
    String url,
    long size,
    Proof proof,
    Provenance from,
    Instant ended,
    String run) {}

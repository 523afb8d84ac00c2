package dev.bulkdl.serve.job;

import dev.bulkdl.model.Hold;
import java.util.Optional;

/**
 * A host of a running job.
 *
 * @param allowed the connections that it can have now
 * @param why why it is this number
 * @param hold why no request goes to it now
 */
public record Host(
    String origin,
    int connections,
    int allowed,
    String why,
    long received,
    long errors,
    Optional<Hold> hold) {}

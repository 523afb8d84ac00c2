package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Download;
import dev.bulkdl.text.DispositionName;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Asks a server, by HEAD, for the name that it gives to a file. */
public final class NameProbe {

  private final TransferContext context;
  private final Cancellation cancellation;

  public NameProbe(TransferContext context, Cancellation cancellation) {
    this.context = context;
    this.cancellation = cancellation;
  }

  /**
   * Returns the name in Content-Disposition; empty if the server gives none.
   *
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  public Optional<String> ask(Download download) {
    FileProgress progress = new FileProgress(download, new LongAdder());
    ConnectionSlot slot = new ConnectionSlot(context, cancellation, progress, true);
    FetchResponse head =
        new Requester(context, download, cancellation)
            .askWithoutContent(Requester.Question.head(), slot);
    return head instanceof FetchResponse.Described described
        ? described.disposition().flatMap(DispositionName::of)
        : Optional.empty();
  }
}

package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class SourceTest {

  private static final URI A = URI.create("http://h/a");
  private static final URI B = URI.create("http://h/b");
  private static final URI C = URI.create("http://h/c");

  private final Source source = new Source(A);

  @Test
  void beginsWithTheManifestsUriWithoutUserInformation() {
    Source secret = new Source(URI.create("http://u:p@h/a"));
    assertThat(secret.place().uri()).isEqualTo(A);
  }

  @Test
  void remembersItsRedirects() {
    assertThat(source.redirect(A, B)).isTrue();
    assertThat(source.redirect(B, C)).isTrue();
    assertThat(source.place().uri()).isEqualTo(C);
    assertThat(source.chain()).isEqualTo("http://h/a -> http://h/b -> http://h/c");
  }

  @Test
  void aRedirectIsNotedOnce() {
    source.redirect(A, B);
    assertThat(source.redirect(A, C)).isTrue();
    assertThat(source.place().uri()).isEqualTo(B);
  }

  @Test
  void detectsALoop() {
    assertThat(source.redirect(A, A)).isFalse();
    Source longer = new Source(A);
    longer.redirect(A, B);
    assertThat(longer.redirect(B, A)).isFalse();
  }

  @Test
  void followsTenRedirectsAndNoMore() {
    URI from = A;
    for (int i = 1; i <= Source.MAX_REDIRECTS; i++) {
      URI to = URI.create("http://h/" + i);
      assertThat(source.redirect(from, to)).as("redirect " + i).isTrue();
      from = to;
    }
    assertThat(source.redirect(from, URI.create("http://h/one-too-many"))).isFalse();
  }

  @Test
  void aTargetThatHasDeliveredAndRefusesIsResolvedAgainOnce() {
    source.redirect(A, B);
    source.markDelivered(B);
    assertThat(source.resolveAgain(B)).isTrue();
    assertThat(source.place().uri()).isEqualTo(A);
    assertThat(source.redirect(A, C)).isTrue();
    assertThat(source.resolveAgain(B)).as("another segment noticed later").isTrue();
    assertThat(source.place().uri()).isEqualTo(C);
  }

  @Test
  void aTargetThatNeverDeliveredIsNotResolvedAgain() {
    source.redirect(A, B);
    assertThat(source.resolveAgain(B)).isFalse();
    assertThat(source.place().uri()).isEqualTo(B);
  }

  @Test
  void aNewTargetHasToDeliverFirst() {
    source.redirect(A, B);
    source.markDelivered(B);
    source.resolveAgain(B);
    source.redirect(A, C);
    assertThat(source.resolveAgain(C)).isFalse();
  }

  @Test
  void theManifestsUrlDoesNotExpire() {
    source.markDelivered(A);
    assertThat(source.resolveAgain(A)).isFalse();
  }

  @Test
  void contentFromAnOldTargetDoesNotMarkTheNewOne() {
    source.redirect(A, B);
    source.markDelivered(A);
    assertThat(source.place()).isEqualTo(new Source.Place(B, false));
  }

  @Test
  void aTargetCanReturnAfterItWasResolvedAgain() {
    source.redirect(A, B);
    source.markDelivered(B);
    source.resolveAgain(B);
    assertThat(source.redirect(A, B)).isTrue();
    assertThat(source.chain()).isEqualTo("http://h/a -> http://h/b");
  }

  @Test
  void theChainShowsNoSecret() {
    source.redirect(A, URI.create("http://h/b?token=s3cret"));
    assertThat(source.chain()).doesNotContain("s3cret");
  }
}

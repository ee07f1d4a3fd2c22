package dev.statewise.jwt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body of up to so many bytes; of a longer one, or an unwanted one, no more is read. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

  private final int maxBytes;
  private final @Nullable IOException unwanted;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  /**
   * @param unwanted why the body is not wanted, whatever it is; null if it is
   */
  BoundedBody(int maxBytes, @Nullable IOException unwanted) {
    this.maxBytes = maxBytes;
    this.unwanted = unwanted;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (unwanted == null) {
      subscription.request(Long.MAX_VALUE);
    } else {
      refuse(unwanted);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.remaining() > maxBytes - kept.size()) {
        refuse(
            new IOException("The address answered with more than %d bytes.".formatted(maxBytes)));
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      kept.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(kept.toByteArray());
  }

  private void refuse(IOException why) {
    if (subscription != null) {
      subscription.cancel();
    }
    body.completeExceptionally(why);
  }
}

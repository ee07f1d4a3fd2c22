package dev.statewise.objectstorage;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Does something just before the SDK sends its second PUT, which is the first one again. */
final class BeforeAgain implements ExecutionInterceptor {

  private final Runnable deed;
  private final AtomicInteger puts = new AtomicInteger();

  BeforeAgain(Runnable deed) {
    this.deed = deed;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (context.httpRequest().method() == SdkHttpMethod.PUT && puts.incrementAndGet() == 2) {
      deed.run();
    }
  }
}

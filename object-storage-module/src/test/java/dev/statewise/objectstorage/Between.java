package dev.statewise.objectstorage;

import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Does something once, just before the first request of this name is sent. */
final class Between implements ExecutionInterceptor {

  private final String operation;
  private final Runnable deed;
  private final AtomicBoolean done = new AtomicBoolean();

  Between(String operation, Runnable deed) {
    this.operation = operation;
    this.deed = deed;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (operation.equals(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
        && done.compareAndSet(false, true)) {
      deed.run();
    }
  }
}

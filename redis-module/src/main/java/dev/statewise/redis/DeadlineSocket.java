package dev.statewise.redis;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A socket on which a request and its whole reply take at most so long, counted from the request's
 * first byte; less if the call has less left. Whatever comes later is a {@code
 * SocketTimeoutException} or a closed socket.
 *
 * <p>The timeout of a socket alone bounds each read, so that a server which drips holds its reader
 * for as long as it likes; and it bounds no write, so that one which never reads does as well.
 *
 * <p>For one thread that writes and one that reads, which may be the same; and for requests that
 * are sent after the reply before was read.
 */
final class DeadlineSocket extends Socket {

  // All that was sent before has been answered, so this much finds its place in the send buffer of
  // any socket (of Linux's tcp_wmem, the least) and the write does not wait. A short request is
  // therefore not watched.
  private static final int NEVER_WAITS = 4096;
  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private final Duration limit;
  private volatile long ends;
  private long sent;
  // Also before the first request: what it took to connect has a timeout of its own.
  private volatile boolean answered = true;
  private int timeout;

  DeadlineSocket(Duration limit) {
    this.limit = limit;
    this.ends = endOfARequest();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Replies(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Requests(super.getOutputStream());
  }

  private long endOfARequest() {
    return System.nanoTime() + CallDeadline.atMost(limit.toNanos());
  }

  private long nanosLeft() throws SocketTimeoutException {
    long left = ends - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException(
          "The whole reply was not there in time, which is %d ms at most"
              .formatted(limit.toMillis()));
    }
    return left;
  }

  private Future<?> closeIn(long nanos) {
    return WATCH.schedule(this::closeQuietly, nanos, TimeUnit.NANOSECONDS);
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // Closed it is. Whoever writes to it is told.
    }
  }

  /** One thread for all sockets, there only while long requests are sent. */
  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(null, task, "statewise-redis-deadline", 0, false);
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    watch.setKeepAliveTime(10, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
    return watch;
  }

  private final class Requests extends FilterOutputStream {
    Requests(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (answered) {
        answered = false;
        sent = 0;
        ends = endOfARequest();
      }
      sent += length;
      if (sent <= NEVER_WAITS) {
        out.write(bytes, offset, length);
        return;
      }
      Future<?> watch = closeIn(nanosLeft());
      try {
        out.write(bytes, offset, length);
      } finally {
        watch.cancel(false);
      }
    }
  }

  private final class Replies extends FilterInputStream {
    Replies(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      waitNoLonger();
      int read = in.read();
      answered = true;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      waitNoLonger();
      int read = in.read(bytes, offset, length);
      answered = true;
      return read;
    }

    private void waitNoLonger() throws IOException {
      int left = (int) ((nanosLeft() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
      if (left != timeout) {
        setSoTimeout(left);
        timeout = left;
      }
    }
  }
}

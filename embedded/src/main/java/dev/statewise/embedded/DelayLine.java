package dev.statewise.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Pieces on their way to a socket, each written when it is due and in the order they came.
 *
 * <p>It is a queue and not a wait before each write, so that a reply of many pieces is late by one
 * delay and not by many.
 */
final class DelayLine {
  private static final int PIECES = 256;
  private static final byte[] END = {};

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(byte[] bytes, long dueNanos) {}

  private final BlockingQueue<Piece> onTheWay = new ArrayBlockingQueue<>(PIECES);
  private final Socket to;

  DelayLine(Socket to) {
    this.to = to;
  }

  /** Waits while the line is full. */
  void put(byte[] bytes, long delayNanos) throws InterruptedException {
    onTheWay.put(new Piece(bytes, System.nanoTime() + delayNanos));
  }

  void end(long delayNanos) throws InterruptedException {
    put(END, delayNanos);
  }

  /** Writes until the end, then tells the socket's other side that no more will come. */
  void deliver(Runnable beforeEachWrite) throws IOException, InterruptedException {
    OutputStream out = to.getOutputStream();
    while (true) {
      Piece next = onTheWay.take();
      awaitUntil(next.dueNanos());
      if (next.bytes() == END) {
        to.shutdownOutput();
        return;
      }
      beforeEachWrite.run();
      out.write(next.bytes());
    }
  }

  private static void awaitUntil(long dueNanos) throws InterruptedException {
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}

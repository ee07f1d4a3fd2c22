package dev.statewise.embedded;

/** The sums of a proxy's traffic over all its connections. */
final class Counters {
  private Traffic sum = new Traffic(0, 0, 0, 0, 0);

  synchronized Traffic snapshot() {
    return sum;
  }

  void connection() {
    add(new Traffic(1, 0, 0, 0, 0));
  }

  void toServer(int bytes, int commands, boolean newFlight) {
    add(new Traffic(0, commands, newFlight ? 1 : 0, bytes, 0));
  }

  void fromServer(int bytes) {
    add(new Traffic(0, 0, 0, 0, bytes));
  }

  private synchronized void add(Traffic more) {
    sum =
        new Traffic(
            sum.connections() + more.connections(),
            sum.commands() + more.commands(),
            sum.roundTrips() + more.roundTrips(),
            sum.bytesToServer() + more.bytesToServer(),
            sum.bytesFromServer() + more.bytesFromServer());
  }
}

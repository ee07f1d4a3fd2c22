package dev.statewise.embedded;

/** The sums of a proxy's traffic over all its connections. */
final class Counters {
  private static final Traffic NOTHING = new Traffic(0, 0, 0, 0, 0);

  private Traffic sum = NOTHING;
  private Traffic ofListening = NOTHING;

  synchronized Traffic snapshot() {
    return sum;
  }

  synchronized Traffic withoutListening() {
    return sum.minus(ofListening);
  }

  void connection() {
    add(new Traffic(1, 0, 0, 0, 0), false);
  }

  void toServer(int bytes, int commands, boolean newFlight, boolean listens) {
    add(new Traffic(0, commands, newFlight ? 1 : 0, bytes, 0), listens);
  }

  void fromServer(int bytes, boolean listens) {
    add(new Traffic(0, 0, 0, 0, bytes), listens);
  }

  private synchronized void add(Traffic more, boolean listens) {
    sum = sum(sum, more);
    if (listens) {
      ofListening = sum(ofListening, more);
    }
  }

  private static Traffic sum(Traffic one, Traffic other) {
    return new Traffic(
        one.connections() + other.connections(),
        one.commands() + other.commands(),
        one.roundTrips() + other.roundTrips(),
        one.bytesToServer() + other.bytesToServer(),
        one.bytesFromServer() + other.bytesFromServer());
  }
}

package dev.statewise.embedded;

/**
 * What a {@link TcpProxy} passed on, since it was opened.
 *
 * <p>Everything is counted before it is passed on. So a snapshot taken by whoever has just read a
 * whole reply contains the request, its round trip and the reply. What a fault swallowed is not
 * counted.
 *
 * @param connections connections opened to the server
 * @param commands requests whose last byte was passed on to the server: RESP arrays and inline
 *     requests, those of a handshake and of a pipeline too. It is what {@code
 *     total_commands_processed} of Redis counts less the calls that scripts make, as long as the
 *     server refuses none unread
 * @param roundTrips flights of requests. A flight begins with the first request of a connection,
 *     and with each request whose first byte comes after some byte of the server was passed back
 *     since the last flight began. So commands that are pipelined in one flight are one round trip,
 *     and a large request that comes in pieces is one too. What the server sends unasked is no
 *     round trip. If a client goes on sending a pipeline while replies to its beginning are on the
 *     way, that is another flight
 * @param bytesToServer bytes passed on to the server
 * @param bytesFromServer bytes passed back
 */
public record Traffic(
    long connections, long commands, long roundTrips, long bytesToServer, long bytesFromServer) {

  /** What came after {@code earlier}, a snapshot of the same proxy. */
  public Traffic minus(Traffic earlier) {
    return new Traffic(
        connections - earlier.connections,
        commands - earlier.commands,
        roundTrips - earlier.roundTrips,
        bytesToServer - earlier.bytesToServer,
        bytesFromServer - earlier.bytesFromServer);
  }
}

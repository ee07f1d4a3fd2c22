package dev.statewise.redis;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SessionCodec;
import dev.statewise.spi.SubjectIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of each subject: a list of their handles in the slot where they lie. Each verb is
 * one script and one round trip, whose time on the server grows with the sessions of the subject.
 */
final class RedisSubjectIndex implements SubjectIndex {

  private final RedisCalls calls;
  private final KeySpace keys;
  private final StoredSessions stored;

  RedisSubjectIndex(RedisCalls calls, KeySpace keys, StoredSessions stored) {
    this.calls = calls;
    this.keys = keys;
    this.stored = stored;
  }

  @Override
  public List<Session> findAll(String subject) {
    if (isNobody(subject)) {
      return List.of();
    }
    List<?> found = run("FIND_ALL", Script.FIND_ALL, keys.index(subject), StoredSessions.MARGIN);
    List<Session> sessions = new ArrayList<>(found.size() / 2);
    for (int i = 1; i < found.size(); i += 2) {
      listed(subject, found.get(i), (byte[]) found.get(i + 1)).ifPresent(sessions::add);
    }
    return sessions;
  }

  @Override
  public int deleteAll(String subject) {
    if (isNobody(subject)) {
      return 0;
    }
    List<?> deleted =
        run(
            "DELETE_ALL",
            Script.DELETE_ALL,
            keys.index(subject),
            SessionCodec.encodeSubject(subject));
    return Math.toIntExact((Long) deleted.get(1));
  }

  /**
   * Sent again after a lost reply, it names none as ended: they were, and are no longer there to be
   * named.
   */
  @Override
  public Admission admit(
      Session session, int max, Overflow overflow, Optional<SessionKey> instead) {
    requireOfASubject(session);
    if (max < 1) {
      throw new IllegalArgumentException(
          "max (%d) is below 1, so nobody could ever be admitted. Leave the limit out, or let each subject have one session."
              .formatted(max));
    }
    List<?> answer =
        run(
            "ADMIT",
            Script.ADMIT,
            keys.sessionAndIndex(session),
            StoredSessions.encode(session),
            StoredSessions.MARGIN,
            SessionCodec.encodeSubject(session.subject()),
            ascii(Integer.toString(max)),
            ascii(requireNonNull(overflow, "overflow").name()),
            ascii(handleInSlotOf(session, requireNonNull(instead, "instead"))));
    return switch (reply(answer)) {
      case DONE -> new Admission.Admitted(keysIn(session.key().slot(), answer));
      case LIMIT -> new Admission.LimitReached();
      default -> new Admission.KeyTaken();
    };
  }

  /** What lies elsewhere is no session of the same subject. */
  private static String handleInSlotOf(Session session, Optional<SessionKey> instead) {
    return instead
        .filter(key -> key.slot().equals(session.key().slot()))
        .map(SessionKey::handle)
        .orElse("");
  }

  private Optional<Session> listed(String subject, Object handle, byte[] value) {
    Optional<SessionKey> key = SessionKey.parse(KeySpace.slot(subject) + text(handle));
    if (key.isEmpty()) {
      stored.tell(
          "The index of a subject lists what is no session key. It is passed over. Find out who else writes to this Redis.");
      return Optional.empty();
    }
    Optional<Session> session = stored.read("FIND_ALL", keys.session(key.get()), key.get(), value);
    Optional<Session> own = session.filter(found -> found.subject().equals(subject));
    if (session.isPresent() && own.isEmpty()) {
      stored.tellOfStranger(key.get(), "it is of another subject");
    }
    return own;
  }

  private List<?> run(String verb, Script script, List<byte[]> named, byte[]... arguments) {
    List<?> answer =
        calls.ask(verb, client -> (List<?>) script.run(client, named, List.of(arguments)));
    if (reply(answer) == Reply.NEWER) {
      throw calls.newer(verb, (byte[]) answer.get(1));
    }
    return answer;
  }

  private static Reply reply(List<?> answer) {
    return Reply.valueOf(text(answer.get(0)));
  }

  private static List<SessionKey> keysIn(String slot, List<?> answer) {
    return answer.stream().skip(1).map(handle -> new SessionKey(slot + text(handle))).toList();
  }

  private static boolean isNobody(String subject) {
    return requireNonNull(subject, "subject").isEmpty();
  }

  private static void requireOfASubject(Session session) {
    if (requireNonNull(session, "session").isAnonymous()) {
      throw new IllegalArgumentException(
          "Session %s is anonymous, and anonymous sessions are not one visitor's to be counted. Create it."
              .formatted(session.key()));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.ISO_8859_1);
  }
}

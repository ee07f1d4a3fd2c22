package dev.statewise.objectstorage;

import dev.statewise.objectstorage.S3Api.Body;
import dev.statewise.objectstorage.S3Api.Part;
import dev.statewise.objectstorage.S3Api.Written;
import dev.statewise.objectstorage.StoredObject.Content;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Findings;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Sessions as they are written as objects, and as they are read: with a word on what is none. */
record StoredSessions(S3Api api, ObjectNames names, Findings findings) {

  /**
   * The head of an object that is a session.
   *
   * @param session without subject and attributes
   * @param tag of the last write that was not a touch
   * @param entityTag what a condition names the object by
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Head(Session session, byte[] tag, String entityTag) {}

  /**
   * An object that is a session, in memory.
   *
   * @param bytes those of it when it is seen later
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Touched(Session before, byte[] bytes, String entityTag) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Whole(Content content, byte[] bytes, String entityTag) {}

  /** Each of these throws if only a newer node can read what lies there. */
  Optional<Session> find(Call call, SessionKey key) {
    Content content =
        api.get(call, names.of(key), (answer, bytes) -> read(answer, bytes, key))
            .orElse(Content.Nothing.ABSENT);
    return session(call, key, content);
  }

  Optional<Head> head(Call call, SessionKey key) {
    Optional<Part> part = begin(call, key);
    return part.flatMap(begin -> session(call, key, StoredObject.head(begin.bytes(), key)))
        .map(session -> head(session, part.orElseThrow()));
  }

  /** The first bytes of an object, as they are. */
  Optional<Part> begin(Call call, SessionKey key) {
    return api.begin(call, names.of(key), StoredObject.HEAD);
  }

  /** Whether there is something to delete: a session, or a stranger in its place. */
  boolean isThere(Call call, SessionKey key) {
    Content content =
        begin(call, key)
            .map(part -> StoredObject.head(part.bytes(), key))
            .orElse(Content.Nothing.ABSENT);
    return session(call, key, content).isPresent() || content instanceof Content.Stranger;
  }

  Optional<Touched> touched(Call call, SessionKey key, Instant lastSeen) {
    Optional<Whole> whole =
        api.get(
            call,
            names.of(key),
            (answer, bytes) -> {
              Optional<Content> strange = unreadable(answer, bytes);
              byte[] all = strange.isPresent() ? new byte[0] : all(answer, bytes);
              Content content = strange.orElseGet(() -> StoredObject.touch(all, key, lastSeen));
              return new Whole(content, all, S3Api.entityTag(answer));
            });
    return whole.flatMap(
        seen ->
            session(call, key, seen.content())
                .map(before -> new Touched(before, seen.bytes(), seen.entityTag())));
  }

  Written create(Call call, Session session, byte[] tag) {
    return api.putNew(call, names.of(session.key()), StoredObject.seal(session, tag));
  }

  Written replace(Call call, Head there, Session next, byte[] tag) {
    Body body = StoredObject.seal(next, tag);
    return api.putOver(call, names.of(next.key()), there.entityTag(), body);
  }

  Written touch(Call call, Touched touched) {
    String name = names.of(touched.before().key());
    return api.putOver(call, name, touched.entityTag(), Body.of(touched.bytes()));
  }

  /** Marks a session that nobody has written since as swept, after which only delete has effect. */
  Written mark(Call call, Head there) {
    String name = names.of(there.session().key());
    return api.putOver(call, name, there.entityTag(), Body.of(StoredObject.MARK));
  }

  void delete(Call call, SessionKey key) {
    api.delete(call, names.of(key));
  }

  private Optional<Session> session(Call call, SessionKey key, Content content) {
    if (content instanceof Content.Kept kept) {
      return Optional.of(kept.session());
    }
    if (content instanceof Content.Newer) {
      throw call.newer(names.of(key));
    }
    if (content instanceof Content.Stranger stranger) {
      findings.tell(
          "What lies under the key of session %s is not that session: %s. It is treated as no session. Find out who else writes to this bucket."
              .formatted(key, stranger.why()));
    }
    return Optional.empty();
  }

  static Head head(Session session, Part part) {
    return new Head(session, StoredObject.tagOf(part.bytes()), part.entityTag());
  }

  private static Content read(GetObjectResponse answer, AbortableInputStream bytes, SessionKey key)
      throws IOException {
    Optional<Content> strange = unreadable(answer, bytes);
    return strange.isPresent()
        ? strange.get()
        : StoredObject.read(bytes, answer.contentLength(), key);
  }

  /** What is so large, or of which the length is not told, that nobody should begin to read it. */
  private static Optional<Content> unreadable(
      GetObjectResponse answer, AbortableInputStream bytes) {
    Long length = answer.contentLength();
    if (length != null && length <= S3Api.LARGEST_OBJECT) {
      return Optional.empty();
    }
    bytes.abort();
    return Optional.of(new Content.Stranger("it is larger than a session can be"));
  }

  private static byte[] all(GetObjectResponse answer, AbortableInputStream bytes)
      throws IOException {
    byte[] all = new byte[Math.toIntExact(answer.contentLength())];
    if (bytes.readNBytes(all, 0, all.length) < all.length) {
      throw new EOFException("An object ends before its end.");
    }
    return all;
  }
}

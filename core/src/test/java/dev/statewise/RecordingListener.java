package dev.statewise;

import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it is told. */
final class RecordingListener implements SessionListener {

  final List<String> told = new ArrayList<>();

  @Override
  public void opened(Session session) {
    told.add("opened " + session.key());
  }

  @Override
  public void rejected(Rejection reason) {
    told.add("rejected " + reason);
  }

  @Override
  public void ended(SessionKey session) {
    told.add("ended " + session);
  }

  @Override
  public void endedAll(String subject) {
    told.add("ended all of " + subject);
  }

  @Override
  public void unavailable(String dependency, Throwable cause) {
    told.add("unavailable " + dependency);
  }
}

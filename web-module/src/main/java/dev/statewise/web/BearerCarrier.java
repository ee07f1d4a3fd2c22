package dev.statewise.web;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code Authorization} header with the scheme {@code Bearer} (RFC 6750 §2.1), in any case. No
 * standard says how a client of it is handed a new credential: name a header for it, or take the
 * grant from {@link SessionExchange#given} into the body of the answer.
 */
public final class BearerCarrier implements Carrier {

  private static final String SCHEME = "Bearer";
  private static final String CHALLENGE = "WWW-Authenticate";

  private final Optional<String> answer;

  private BearerCarrier(Optional<String> answer) {
    this.answer = answer;
  }

  /** One that hands out no header. */
  public static BearerCarrier create() {
    return new BearerCarrier(Optional.empty());
  }

  /**
   * One that hands a new credential out in a header of this name, alone and without a scheme.
   *
   * @throws IllegalArgumentException if it is no name of a header
   */
  public BearerCarrier answeringIn(String header) {
    return new BearerCarrier(Optional.of(new Header(requireNonNull(header, "header"), "").name()));
  }

  /** {@inheritDoc} Another scheme is nothing; this one without a credential is an empty one. */
  @Override
  public Presented read(RequestHeaders headers) {
    List<String> credentials = new ArrayList<>();
    for (String header : headers.all("Authorization")) {
      String value = Syntax.trimmed(header);
      int space = value.indexOf(' ');
      String scheme = space < 0 ? value : value.substring(0, space);
      if (scheme.equalsIgnoreCase(SCHEME)) {
        credentials.add(space < 0 ? "" : Syntax.trimmed(value.substring(space)));
      }
    }
    List<String> different = credentials.stream().distinct().toList();
    return switch (different.size()) {
      case 0 -> new Presented.Nothing();
      case 1 -> new Presented.One(new Credential(different.get(0)));
      default -> new Presented.Several();
    };
  }

  @Override
  public List<Header> give(Credential credential) {
    return answer.map(name -> new Header(name, credential.value())).stream().toList();
  }

  @Override
  public List<Header> takeBack() {
    return List.of();
  }

  /** {@inheritDoc} A client that presented nothing is told no error (RFC 6750 §3.1). */
  @Override
  public List<Header> challenge(boolean presented) {
    return List.of(new Header(CHALLENGE, presented ? SCHEME + " error=\"invalid_token\"" : SCHEME));
  }
}

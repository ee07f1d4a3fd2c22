package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.claims;
import static dev.statewise.jwt.Forge.header;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.jwt.Forge.signed;
import static dev.statewise.jwt.Forge.utf8;
import static dev.statewise.jwt.Forge.verify;
import static dev.statewise.session.Rejection.MALFORMED;
import static dev.statewise.session.Rejection.UNTRUSTED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.session.Validation;
import dev.statewise.spi.Verification;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.Locator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VectorsTest {

  private static final SigningKey KEY = SigningKey.generateHs256("k1");
  private static final Twins TWINS = new Twins(KEY);
  private static final ExternalSessions EXTERNAL =
      ExternalForge.sessions(ExternalForge.issuer(ExternalForge.RSA));

  /** 367 and 370 are byte for byte the valid 357; 372 and 373 have a '?' and are labelled valid. */
  private static final Map<Integer, Boolean> MISLABELLED =
      Map.of(367, true, 370, true, 372, false, 373, false);

  /** RFC 7520 examples whose key says another algorithm than RFC 7520 does. */
  private static final Map<Integer, String> ALGORITHM_OF_KEY =
      Map.of(346, "PS384", 350, "PS384", 347, "ES512", 351, "ES512");

  @Test
  @DisplayName(
      "Wycheproof JWS: 353 of 353 invalid MUST be refused, 44 of 44 valid opened, by each path")
  void wycheproofSignatures() {
    int refused = 0;
    int opened = 0;
    List<String> wrong = new ArrayList<>();
    for (JsonNode group :
        Vectors.json("wycheproof/json_web_signature_test.json").get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        int id = test.get("tcId").asInt();
        boolean valid = MISLABELLED.getOrDefault(id, test.get("result").asText().equals("valid"));
        if (opens(group, test) != valid) {
          wrong.add(id + " " + test.get("comment").asText());
        }
        if (externalPathOpens(group, test) != valid) {
          wrong.add(id + " by the path of others: " + test.get("comment").asText());
        }
        if (ownPathOpens(group, test) != valid) {
          wrong.add(id + " by our own path: " + test.get("comment").asText());
        }
        if (!MISLABELLED.containsKey(id)) {
          opened += valid ? 1 : 0;
          refused += valid ? 0 : 1;
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(refused).isEqualTo(353);
    assertThat(opened).isEqualTo(44);
  }

  @Test
  @DisplayName("Wycheproof JWS: what the gate opens MUST verify with JJWT's own parser too")
  void heldToJjwt() {
    int compared = 0;
    for (JsonNode group :
        Vectors.json("wycheproof/json_web_signature_test.json").get("testGroups")) {
      Key key = Jwk.key(keyOf(group));
      for (JsonNode test : group.get("tests")) {
        if (opens(group, test)) {
          Locator<Key> locator = header -> key;
          assertThat(
                  Jwts.parser()
                      .keyLocator(locator)
                      .build()
                      .parse(test.get("jws").asText())
                      .getHeader()
                      .getAlgorithm())
              .isEqualTo(algorithm(group, test));
          compared++;
        }
      }
    }

    assertThat(compared).isEqualTo(46);
  }

  @Test
  @DisplayName("Wycheproof JWK: of 26 keys and sets the 21 invalid MUST be refused, 5 of 5 taken")
  void wycheproofKeys() {
    int refused = 0;
    List<String> wrong = new ArrayList<>();
    for (JsonNode group : Vectors.json("wycheproof/json_web_key_test.json").get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        boolean valid = test.get("result").asText().equals("valid");
        if (isTaken(keyOf(group), test.get("jws").asText()) != valid) {
          wrong.add(test.get("tcId") + " " + test.get("comment").asText());
        }
        refused += valid ? 0 : 1;
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(refused).isEqualTo(21);
  }

  @Test
  @DisplayName("Wycheproof JWK: as JWK Sets the 21 invalid and 4 of secrets MUST verify nothing")
  void wycheproofKeySets() {
    List<Integer> taken = new ArrayList<>();
    int seen = 0;
    for (JsonNode group : Vectors.json("wycheproof/json_web_key_test.json").get("testGroups")) {
      JsonNode keys = keyOf(group);
      String set = keys.has("keys") ? keys.toString() : Jwks.set(keys.toString());
      JwkSet read = JwkSetReader.read(utf8(set), EnumSet.range(Algorithm.RS256, Algorithm.ED25519));
      for (JsonNode test : group.get("tests")) {
        seen++;
        boolean isValid = test.get("result").asText().equals("valid");
        boolean opens =
            read.keys().values().stream()
                .anyMatch(key -> externalPathOpens(key, test.get("jws").asText()));
        if (opens) {
          assertThat(isValid).as(test.get("comment").asText()).isTrue();
          taken.add(test.get("tcId").asInt());
        } else {
          assertThat(isValid && !set.contains("\"oct\"")).isFalse();
        }
      }
    }

    // Of the other four that are valid, the keys are secrets, and no set of others has those.
    assertThat(taken).containsExactly(5);
    assertThat(seen).isEqualTo(26);
  }

  @Test
  @DisplayName(
      "RFC 7520: the signed examples MUST open by both paths if they are compact, whole and named")
  void cookbookSignatures() {
    List<String> opened = new ArrayList<>();
    for (Path file : Vectors.files("ietf/jose-cookbook", "*.json")) {
      JsonNode example = Vectors.json(Vectors.file("").relativize(file).toString());
      JsonNode key = example.path("input").path("key");
      String jws = example.path("output").path("compact").asText();
      String alg = example.path("input").path("alg").asText();
      if (!example.has("signing") || jws.isEmpty() || key.isMissingNode()) {
        continue;
      }
      boolean whole = !jws.contains("..") && !jws.contains("$") && key.has("kid");
      VerifyingKey verifying = Jwk.verifying(key, alg).orElseThrow();
      assertThat(gateOpens(verifying, jws)).as(file.toString()).isEqualTo(whole);
      assertThat(ownPathOpens(verifying, jws)).as(file.toString()).isEqualTo(whole);
      if (whole) {
        opened.add(alg);
      }
    }

    assertThat(opened).containsExactlyInAnyOrder("RS256", "PS384", "ES512", "HS256");
  }

  @Test
  @DisplayName("Wycheproof JWS: no vector MUST be a session, whatever key it was made with")
  void wycheproofIsNoSession() {
    for (JsonNode test :
        Vectors.json("wycheproof/json_web_signature_test.json").findValues("jws")) {
      assertRefused(test.isTextual() ? test.asText() : test.toString());
    }
  }

  @Test
  @DisplayName("Wycheproof and RFC 7520: no JWE MUST be taken for a token, nor any other example")
  void encryptedTokens() {
    int seen = 0;
    for (JsonNode jwe :
        Vectors.json("wycheproof/json_web_encryption_test.json").findValues("jwe")) {
      assertRefused(jwe.isTextual() ? jwe.asText() : jwe.toString());
      seen++;
    }
    for (Path example : Vectors.files("ietf/jose-cookbook", "*.json")) {
      JsonNode output =
          Vectors.json(Vectors.file("").relativize(example).toString()).path("output");
      assertRefused(output.path("compact").asText("."));
      assertRefused(output.toString());
      seen++;
    }

    assertThat(seen).isGreaterThanOrEqualTo(139 + 33);
  }

  @Test
  @DisplayName("RFC 7515 and RFC 8037: the examples' signatures MUST hold for their keys alone")
  void rfcExamples() {
    Set<String> seen = new TreeSet<>();
    for (JsonNode vector : Vectors.json("ietf/rfc7515_appendix_a.json").get("vectors")) {
      String jws = vector.get("jws").asText();
      assertRefused(jws);
      if (!vector.has("jwk") || vector.get("jwk").isNull()) {
        continue;
      }
      VerifyingKey key = Jwk.verifying(vector.get("jwk"), vector.get("alg").asText()).orElseThrow();
      byte[] input = utf8(jws.substring(0, jws.lastIndexOf('.')));
      byte[] signature = Forge.decode(jws.substring(jws.lastIndexOf('.') + 1));

      assertThat(key.verifies(input, signature)).as(vector.get("id").asText()).isTrue();
      input[input.length - 1] ^= 1;
      assertThat(key.verifies(input, signature)).as(vector.get("id").asText()).isFalse();
      seen.add(key.algorithm().alg());
    }

    assertThat(seen).containsExactly("ES256", "EdDSA", "HS256", "RS256");
  }

  @Test
  @DisplayName("JSONTestSuite: what must be rejected MUST be refused as header and as payload")
  void jsonThatMustBeRejected() {
    List<Path> files = Vectors.files("jsontestsuite/test_parsing", "n_*");
    for (Path file : files) {
      byte[] bytes = Vectors.bytes(file);
      assertThat(parses(bytes)).as(file.getFileName().toString()).isFalse();
      assertThat(verify(KEY, signed(KEY, bytes, utf8(claims()))))
          .as("%s as header", file.getFileName())
          .isInstanceOf(Verification.Refused.class);
      assertThat(TWINS.verifySigned(bytes))
          .as("%s as payload", file.getFileName())
          .isInstanceOf(Verification.Refused.class);
      assertExternalRefused(bytes, utf8(ExternalForge.claims()));
      assertExternalRefused(utf8(ExternalForge.header(ExternalForge.RSA)), bytes);
      assertExternalRefused(utf8(ExternalForge.header(ExternalForge.RSA)), asExternalClaim(bytes));
      assertThat(TWINS.verifySigned(asAttribute(bytes)))
          .as("%s as an attribute", file.getFileName())
          .isInstanceOf(Verification.Refused.class);
    }

    assertThat(files).hasSize(188);
  }

  @Test
  @DisplayName("JSONTestSuite: objects of strings and numbers MUST be read, duplicates refused")
  void jsonThatMustBeAccepted() {
    Set<String> read = new TreeSet<>();
    for (Path file : Vectors.files("jsontestsuite", "*.json")) {
      byte[] bytes = Vectors.bytes(file);
      assertThat(verify(KEY, signed(KEY, bytes, utf8(claims()))))
          .isInstanceOf(Verification.Refused.class);
      assertThat(TWINS.verifySigned(bytes)).isInstanceOf(Verification.Refused.class);
      TWINS.verifySigned(asAttribute(bytes));
      if (file.getFileName().toString().startsWith("y_object") && parses(bytes)) {
        read.add(file.getFileName().toString());
      }
    }

    assertThat(read)
        .contains(
            "y_object.json",
            "y_object_basic.json",
            "y_object_empty.json",
            "y_object_empty_key.json",
            "y_object_escaped_null_in_key.json",
            "y_object_string_unicode.json",
            "y_object_with_newlines.json")
        .doesNotContain("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");
  }

  @Test
  @DisplayName("naughty strings MUST come back as subject, attribute names and values")
  void naughtyStringsComeBack() {
    List<String> strings = naughtyStrings();
    for (String text : strings) {
      assertComesBack(session(text, Map.of()));
      assertComesBack(session(Map.of(text, "")));
      assertComesBack(session(Map.of("", text)));
    }

    assertThat(strings).hasSize(515);
  }

  @Test
  @DisplayName("naughty strings MUST be refused as tokens, as kids and as names of keys")
  void naughtyStringsAreRefused() throws IOException {
    for (String text : naughtyStrings()) {
      assertRefused(text);
      Map<String, String> header = new HashMap<>();
      header.put("alg", "HS256");
      header.put("kid", text);
      header.put("typ", JwtTokenService.TYPE);
      byte[] json = Vectors.JSON.writeValueAsBytes(header);
      boolean fits = Base64Url.encodedLength(json.length) <= StrictGate.MAX_HEADER_CHARS;
      assertThat(verify(KEY, signed(KEY, json, utf8(claims()))))
          .isEqualTo(refused(fits ? UNTRUSTED : MALFORMED));
      if (!text.matches("[A-Za-z0-9_-]{1,64}")) {
        assertThat(isRefusedAsKid(text)).as(text).isTrue();
      }
    }
  }

  @Test
  @DisplayName("no known secret of 103,979 MUST be taken as an HMAC key")
  void knownSecrets() {
    int seen = 0;
    List<String> taken = new ArrayList<>();
    byte[] all = Vectors.bytes(Vectors.file("jwt-secrets/jwt.secrets.list"));
    int from = 0;
    for (int i = 0; i <= all.length; i++) {
      if (i == all.length || all[i] == '\n') {
        int to = i > from && all[i - 1] == '\r' ? i - 1 : i;
        byte[] secret = Arrays.copyOfRange(all, from, to);
        from = i + 1;
        if (secret.length > 0) {
          seen++;
          if (isTakenAsSecret(secret)) {
            taken.add(new String(secret, ISO_8859_1));
          }
        }
      }
    }

    assertThat(taken).isEmpty();
    // One of the 103,979 lines is empty.
    assertThat(seen).isEqualTo(103_978);
  }

  private static boolean opens(JsonNode group, JsonNode test) {
    return Jwk.verifying(keyOf(group), algorithm(group, test))
        .filter(key -> gateOpens(key, text(test.get("jws"))))
        .isPresent();
  }

  private static boolean ownPathOpens(JsonNode group, JsonNode test) {
    return Jwk.verifying(keyOf(group), algorithm(group, test))
        .filter(key -> ownPathOpens(key, text(test.get("jws"))))
        .isPresent();
  }

  private static boolean gateOpens(VerifyingKey key, String jws) {
    StrictGate gate =
        new StrictGate(JwtTokenService.MAX_TOKEN_BYTES, kid -> key.kid().equals(kid) ? key : null);
    try {
      gate.open(jws);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private static boolean externalPathOpens(JsonNode group, JsonNode test) {
    return Jwk.verifying(keyOf(group), algorithm(group, test))
        .filter(key -> externalPathOpens(key, text(test.get("jws"))))
        .isPresent();
  }

  /**
   * The gate as tokens of others pass it; their claims, of which vectors have none, come behind.
   */
  private static boolean externalPathOpens(VerifyingKey key, String jws) {
    StrictGate gate =
        new StrictGate(
            JwtTokenService.MAX_TOKEN_BYTES,
            Header.NAMES_OF_OTHERS,
            (header, payload) -> key.kid().equals(header.kid()) ? key : null);
    try {
      gate.open(jws);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  /** As if the header of this token were the one of our key, if it says no more than ours would. */
  private static boolean ownPathOpens(VerifyingKey key, String jws) {
    try {
      int dot = jws.indexOf('.');
      byte[] token = jws.getBytes(ISO_8859_1);
      Header said = Header.parse(Base64Url.decode(token, 0, Math.max(0, dot)));
      if (!key.kid().equals(said.kid()) || !key.algorithm().alg().equals(said.alg())) {
        return false;
      }
      OwnTokens.payload(jws, token, dot + 1, key);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private static String text(JsonNode jws) {
    return jws.isTextual() ? jws.asText() : jws.toString();
  }

  /**
   * Whether a key, or a set of keys as a ring, can be built as an application does, and verifies.
   */
  private static boolean isTaken(JsonNode jwk, String jws) {
    List<JsonNode> keys = new ArrayList<>();
    jwk.path("keys").forEach(keys::add);
    if (keys.isEmpty()) {
      keys.add(jwk);
    }
    try {
      List<VerifyingKey> taken = keys.stream().map(Jwk::taken).toList();
      KeyRing ring = KeyRing.of(SigningKey.generate("own", ownAlgorithm(taken.get(0))));
      for (VerifyingKey key : taken) {
        ring = ring.withVerifying(key);
      }
      KeyRing whole = ring;
      return taken.stream()
          .anyMatch(key -> whole.find(key.kid(), NOW) == key && ownPathOpens(key, jws));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Algorithm ownAlgorithm(VerifyingKey key) {
    return key.isSymmetric() ? Algorithm.HS256 : Algorithm.ES256;
  }

  /** Our claims, with the bytes where the value of an attribute would be. */
  private static byte[] asAttribute(byte[] bytes) {
    byte[] before = utf8(claims().substring(0, claims().indexOf("\"42\"")));
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(before);
    payload.writeBytes(bytes);
    payload.writeBytes(utf8("}}"));
    return payload.toByteArray();
  }

  /** Claims of another issuer, with the bytes where the value of a claim would be. */
  private static byte[] asExternalClaim(byte[] bytes) {
    String claims = ExternalForge.claims();
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(utf8(claims.substring(0, claims.indexOf("null}"))));
    payload.writeBytes(bytes);
    payload.writeBytes(utf8("}"));
    return payload.toByteArray();
  }

  private static void assertExternalRefused(byte[] header, byte[] payload) {
    assertThat(EXTERNAL.validate(signed(ExternalForge.RSA, header, payload)))
        .isInstanceOf(Validation.Rejected.class);
  }

  private static JsonNode keyOf(JsonNode group) {
    return group.has("public") ? group.get("public") : group.get("private");
  }

  private static String algorithm(JsonNode group, JsonNode test) {
    String alg = keyOf(group).path("alg").asText("");
    return ALGORITHM_OF_KEY.getOrDefault(test.get("tcId").asInt(), alg);
  }

  private static void assertRefused(String token) {
    assertThat(EXTERNAL.validate(new Credential(token)))
        .as(token)
        .isInstanceOf(Validation.Rejected.class);
    assertThat(service(KEY).verify(new Credential(token), NOW))
        .as(token)
        .isInstanceOf(Verification.Refused.class);
  }

  private static void assertComesBack(Session issued) {
    assertThat(TWINS.verify(service(KEY).issue(issued).value()))
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> {
              assertThat(verified.session().subject()).isEqualTo(issued.subject());
              assertThat(verified.session().attributes()).isEqualTo(issued.attributes());
            });
  }

  private static boolean parses(byte[] json) {
    try {
      JsonObject.parse(json);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> naughtyStrings() {
    List<String> strings = new ArrayList<>();
    Vectors.json("blns/blns.json").forEach(text -> strings.add(text.asText()));
    return strings;
  }

  private static boolean isRefusedAsKid(String kid) {
    try {
      SigningKey.generateHs256(kid);
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static boolean isTakenAsSecret(byte[] secret) {
    return isTakenAsSecret(Algorithm.HS256, secret)
        || isTakenAsSecret(Algorithm.HS384, secret)
        || isTakenAsSecret(Algorithm.HS512, secret);
  }

  private static boolean isTakenAsSecret(Algorithm algorithm, byte[] secret) {
    try {
      SigningKey.of("k", algorithm, secret);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

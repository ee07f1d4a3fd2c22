package dev.statewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.memory.InMemoryRevocationList;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Policies and guarantees")
class PolicyAndGuaranteesTest {

  @Test
  @DisplayName("the defaults MUST be idle 30 min, absolute 12 h, touch after an eighth, skew 30 s")
  void defaults() {
    SessionPolicy policy = SessionPolicy.defaults();

    assertThat(policy.idleTimeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(policy.maxIdleTimeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(policy.refusalLife()).isEqualTo(Duration.ofMinutes(30));
    assertThat(policy.absoluteLifetime()).isEqualTo(Duration.ofHours(12));
    assertThat(policy.touchAfter()).isEqualTo(Duration.ofSeconds(225));
    assertThat(policy.clockSkew()).isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.limit()).isEmpty();
  }

  @Test
  @DisplayName("the presets MUST keep the limits of NIST SP 800-63B-4")
  void presets() {
    assertThat(SessionPolicy.aal2().idleTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(SessionPolicy.aal2().absoluteLifetime()).isEqualTo(Duration.ofHours(24));
    assertThat(SessionPolicy.aal3().idleTimeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(SessionPolicy.aal3().absoluteLifetime()).isEqualTo(Duration.ofHours(12));
  }

  @Test
  @DisplayName("a wrong setting MUST be refused when it is built, with its value and the remedy")
  void refusesWrongSettings() {
    refused(SessionPolicy.builder().idleTimeout(Duration.ofHours(13)), "PT13H", "PT12H", "Lower");
    refused(SessionPolicy.builder().idleTimeout(Duration.ofMillis(1500)), "PT1.5S", "Round");
    refused(SessionPolicy.builder().idleTimeout(Duration.ZERO), "PT0S");
    refused(SessionPolicy.builder().idleTimeout(Duration.ofSeconds(-1)), "PT-1S");
    refused(SessionPolicy.builder().maxIdleTimeout(Duration.ofMinutes(29)), "PT29M", "PT30M");
    refused(SessionPolicy.builder().maxIdleTimeout(Duration.ofHours(13)), "PT13H", "PT12H");
    refused(SessionPolicy.builder().refusalLife(Duration.ofMinutes(29)), "refusalLife", "PT29M");
    refused(SessionPolicy.builder().refusalLife(Duration.ofHours(13)), "refusalLife", "PT13H");
    refused(SessionPolicy.builder().touchAfter(Duration.ofMinutes(30)), "PT30M", "touchAfter");
    refused(SessionPolicy.builder().touchAfter(Duration.ofMillis(-1)), "touchAfter");
    refused(SessionPolicy.builder().clockSkew(Duration.ofMinutes(11)), "PT11M", "clocks");
    refused(SessionPolicy.builder().absoluteLifetime(Duration.ofDays(3651)), "3,650 days");
    assertThatThrownBy(() -> SessionPolicy.builder().limit(0, dev.statewise.spi.Overflow.REFUSE))
        .hasMessageContaining("max (0)");
  }

  @Test
  @DisplayName(
      "a requirement that is met MUST pass, one that is not MUST fail naming the cheapest that is")
  void requirements() {
    Sessions memory =
        StatefulSessions.over(CaffeineSessionStore.create(), SessionPolicy.defaults());
    Sessions tokens = StatelessSessions.over(new RememberedTokens(), SessionPolicy.defaults());
    Sessions hybrid =
        HybridSessions.over(
            new RememberedTokens(), InMemoryRevocationList.create(), SessionPolicy.defaults());

    memory
        .guarantees()
        .require(
            Requirement.endsWithin(Duration.ZERO),
            Requirement.KEEPS_LIMIT,
            Requirement.NEVER_EVICTS_LIVE);
    assertThatThrownBy(() -> memory.guarantees().require(Requirement.SHARED_BY_NODES))
        .isInstanceOf(UnmetRequirementException.class)
        .hasMessageContaining("shared by all nodes")
        .hasMessageContaining("signed tokens (StatelessSessions)");
    assertThatThrownBy(
            () ->
                tokens
                    .guarantees()
                    .require(
                        Requirement.SHARED_BY_NODES, Requirement.endsWithin(Duration.ofMinutes(1))))
        .hasMessageContaining("PT1M")
        .hasMessageContaining("HybridSessions");
    assertThatThrownBy(() -> hybrid.guarantees().require(Requirement.LISTS_BY_SUBJECT))
        .hasMessageContaining("CaffeineSessionStore");
    assertThatThrownBy(
            () ->
                hybrid
                    .guarantees()
                    .require(Requirement.LISTS_BY_SUBJECT, Requirement.SHARED_BY_NODES))
        .hasMessageContaining("StatefulSessions over Redis");
    assertThatThrownBy(
            () ->
                hybrid
                    .guarantees()
                    .require(Requirement.LISTS_BY_SUBJECT, Requirement.KEEPS_ACKNOWLEDGED))
        .hasMessageContaining("JdbcSessionStore");
    assertThatThrownBy(
            () ->
                hybrid
                    .guarantees()
                    .require(
                        Requirement.LISTS_BY_SUBJECT, Requirement.holdsStateOf(Integer.MAX_VALUE)))
        .hasMessageContaining("No strategy");
  }

  @Test
  @DisplayName("a message MUST NOT recommend what was just refused")
  void recommendsAnother() {
    Sessions tokens = StatelessSessions.over(new RememberedTokens(), SessionPolicy.aal2());

    assertThatThrownBy(
            () ->
                tokens
                    .guarantees()
                    .require(
                        Requirement.SURVIVES_NODE_LOSS,
                        Requirement.endsWithin(Duration.ofHours(12))))
        .message()
        .contains("HybridSessions")
        .doesNotContain("StatelessSessions");
  }

  @Test
  @DisplayName("an evicting store MUST say so in its guarantees")
  void evictionShows() {
    CaffeineSessionStore evicting =
        CaffeineSessionStore.builder().evictingOldest().maxSessions(10).build();

    Guarantees guarantees = StatefulSessions.over(evicting, SessionPolicy.defaults()).guarantees();

    assertThat(guarantees.mayEvictLive()).isTrue();
    assertThatThrownBy(() -> guarantees.require(Requirement.NEVER_EVICTS_LIVE))
        .isInstanceOf(UnmetRequirementException.class);
  }

  private static void refused(SessionPolicy.Builder builder, String... words) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(words);
  }
}

package dev.statewise.benchmarks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Here because this module alone sees all the others. */
@DisplayName("The layout of the modules")
class LayoutTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.statewise");

  @Test
  @DisplayName("every module MUST be looked at")
  void looksAtAll() {
    Assertions.assertThat(
            List.of(
                "session",
                "spi",
                "memory",
                "jwt",
                "redis",
                "jdbc",
                "objectstorage",
                "tck",
                "embedded",
                "benchmarks"))
        .allMatch(part -> ALL.containPackage("dev.statewise." + part));
  }

  @Test
  @DisplayName("dependencies MUST run one way, and siblings MUST NOT import each other")
  void layers() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.statewise..")
        .layer("core")
        .definedBy(
            "dev.statewise", "dev.statewise.session", "dev.statewise.spi", "dev.statewise.memory")
        .layer("jwt")
        .definedBy("dev.statewise.jwt..")
        .layer("redis")
        .definedBy("dev.statewise.redis..")
        .layer("jdbc")
        .definedBy("dev.statewise.jdbc..")
        .layer("object storage")
        .definedBy("dev.statewise.objectstorage..")
        .layer("tck")
        .definedBy("dev.statewise.tck..")
        .layer("embedded")
        .definedBy("dev.statewise.embedded..")
        .layer("benchmarks")
        .definedBy("dev.statewise.benchmarks..")
        .layer("examples")
        .definedBy("dev.statewise.examples..")
        .whereLayer("examples")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("benchmarks")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("tck")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("jwt")
        .mayOnlyBeAccessedByLayers("benchmarks")
        .whereLayer("redis")
        .mayOnlyBeAccessedByLayers("benchmarks")
        .whereLayer("jdbc")
        .mayOnlyBeAccessedByLayers("benchmarks")
        .whereLayer("object storage")
        .mayOnlyBeAccessedByLayers("benchmarks")
        .whereLayer("embedded")
        .mayOnlyBeAccessedByLayers("benchmarks")
        .whereLayer("core")
        .mayOnlyBeAccessedByLayers(
            "jwt", "redis", "jdbc", "object storage", "tck", "benchmarks", "examples")
        .check(ALL);
  }

  @Test
  @DisplayName("no class but the benchmarks for JMH MUST name JMH, which is under another licence")
  void jmhStandsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.statewise.benchmarks.jmh..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.openjdk.jmh..")
        .check(ALL);
  }

  @Test
  @DisplayName("no class but those of a peer's own package MUST name a peer's library")
  void peersStandAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "redis.clients.jedis.csc..",
            "com.nimbusds..",
            "com.auth0..",
            "org.jose4j..",
            "io.fusionauth..",
            "io.vertx..",
            "io.lettuce..",
            "cn.dev33..",
            "org.apache.catalina..",
            "org.eclipse.jetty..",
            "io.undertow..")
        .check(ALL);
    Assertions.assertThat(getClass().getClassLoader().getResource("org/springframework"))
        .as("Spring on the class path of the benchmarks")
        .isNull();
  }

  @Test
  @DisplayName("a peer MUST use of this project only what both sides speak")
  void peersUseOnlyTheirInterface() {
    JavaClasses peers =
        new ClassFileImporter()
            .importPaths(
                "target/peers/spring/classes",
                "target/peers/jedis-csc/classes",
                "target/peers/jwt/classes",
                "target/peers/tomcat/classes",
                "target/peers/jetty/classes",
                "target/peers/vertx/classes",
                "target/peers/sa-token/classes",
                "target/peers/servers/classes");

    Assertions.assertThat(peers).hasSizeGreaterThan(20);
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.statewise..")
                .and(not(resideInAPackage("dev.statewise.benchmarks.peer.."))))
        .check(peers);
  }

  @Test
  @DisplayName("a store MUST NOT name a credential or the front door")
  void storesKnowNoFrontDoor() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.statewise.redis..", "dev.statewise.jdbc..", "dev.statewise.objectstorage..")
        .should()
        .dependOnClassesThat(resideInAPackage("dev.statewise").or(simpleName("Credential")))
        .check(ALL);
  }

  @Test
  @DisplayName("a published module MUST NOT read the system clock, sleep or deserialise")
  void publishedModulesReadNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.statewise",
            "dev.statewise.session..",
            "dev.statewise.spi..",
            "dev.statewise.memory..",
            "dev.statewise.jwt..",
            "dev.statewise.redis..",
            "dev.statewise.jdbc..",
            "dev.statewise.objectstorage..",
            "dev.statewise.tck..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(TimeUnit.class, "sleep", long.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(ALL);
  }
}

package dev.statewise;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The structure of core")
class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.statewise");

  @Test
  @DisplayName("session values MUST import nothing but java.* and JSpecify")
  void sessionStandsAlone() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.statewise.session")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("dev.statewise.session", "java..", "org.jspecify..")));
  }

  @Test
  @DisplayName("the SPI MUST depend on the values alone")
  void spiStandsOnValues() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.statewise.spi")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "dev.statewise.spi", "dev.statewise.session", "java..", "org.jspecify..")));
  }

  @Test
  @DisplayName("the in-memory store MUST depend on the SPI and never on the front door")
  void memoryStandsOnSpi() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.statewise.memory")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.statewise"));
  }

  @Test
  @DisplayName("the front door MUST NOT name a store or a library behind the SPI")
  void frontDoorNamesNoStore() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.statewise")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.statewise.memory", "com.github.benmanes..", "java.net.http.."));
  }

  @Test
  @DisplayName("a store MUST NOT name a credential")
  void storesSeeNoCredential() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.statewise.memory")
            .or()
            .haveSimpleName("SessionStore")
            .or()
            .haveSimpleName("SubjectIndex")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("Credential"));
  }

  @Test
  @DisplayName("nothing MUST read the system clock, sleep, use java.util.Random or deserialise")
  void noClockNoSleepNoSerialisation() {
    check(
        noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.UUID")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream"));
  }

  @Test
  @DisplayName("public classes MUST be final, sealed, records, enums or interfaces")
  void closedByDefault() {
    check(
        classes()
            .that()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL));
  }

  private static void check(ArchRule rule) {
    rule.check(CORE);
  }
}

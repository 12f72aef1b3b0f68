package io.darvoza.common.test.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.darvoza.common.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullMarked;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.validation.annotation.Validated;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The rules of {@code docs/ARCHITECTURE.md}, «How the code is built». A module runs them on itself:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "io.darvoza.payments", importOptions = DoNotIncludeTests.class)
 * class ArchitectureTests {
 *     @ArchTest static final ArchTests rules = ArchTests.in(ArchitectureRules.class);
 * }
 * }</pre>
 *
 * <p>{@code ArchitectureRulesTests} holds a fixture that breaks each rule, so no rule can rot unseen.
 */
public final class ArchitectureRules {

    private static final String MODEL = "..model..";

    /** Where blocking and subscribing are at home: {@code Await}, {@code Detached} and what they are built on. */
    private static final String REACTIVE_TOOLS = "io.darvoza.common.reactive..";

    private ArchitectureRules() {}

    @ArchTest
    public static final ArchRule modelIsPlainJava = classes()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", MODEL))
            .because("a model reads like the requirements: no Spring, no Reactor, no input or output")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule modelAsksNobodyForTimeOrChance = noClasses()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("time, chance and settings are arguments of a model")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule featuresHaveNoCycles =
            slices().matching("io.darvoza.*.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    public static final ArchRule nobodyBlocksOrSubscribes = noClasses()
            .that()
            .resideOutsideOfPackage(REACTIVE_TOOLS)
            .should(callAnyMethodOf(Mono.class, "block", "blockOptional", "subscribe"))
            .orShould(callAnyMethodOf(Flux.class, "blockFirst", "blockLast", "subscribe", "toIterable", "toStream"))
            .orShould(callAnyMethodOf(Publisher.class, "subscribe"))
            .orShould(callAnyMethodOf(Thread.class, "sleep"))
            .orShould()
            .callMethod(CompletableFuture.class, "join")
            .orShould()
            .callMethod(CompletableFuture.class, "get")
            .because("listeners and jobs use Await, commands that outlive their request use Detached")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule onlyTheOutboxSendsToKafka = noClasses()
            .that()
            .resideOutsideOfPackages("io.darvoza.common.outbox..", "io.darvoza.common.event..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(KafkaTemplate.class)
            .because("an event that is not in the transaction of its effect gets lost")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule dependenciesComeByConstructor =
            noFields().should().beAnnotatedWith(Autowired.class).allowEmptyShould(true);

    @ArchTest
    public static final ArchRule settingsComeByProperties = fields().should(new ArchCondition<>("not carry @Value") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    if (field.isAnnotatedWith(Value.class)) {
                        events.add(SimpleConditionEvent.violated(field, field.getFullName() + " carries @Value"));
                    }
                }
            })
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule propertiesAreValidatedRecords = classes()
            .that()
            .areAnnotatedWith(ConfigurationProperties.class)
            .should()
            .beRecords()
            .andShould()
            .beAnnotatedWith(Validated.class)
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule webShapesStayInTheirPackage = classes()
            .that()
            .haveNameMatching(".*(Controller|Request|Response|Row|Item|View|Listener)")
            .and()
            .areTopLevelClasses()
            .and()
            .resideOutsideOfPackage("io.darvoza.common..")
            .should()
            .notBePublic()
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule adaptersStayInTheirPackage = classes()
            .that()
            .haveSimpleNameStartingWith("R2dbc")
            .or()
            .haveSimpleNameStartingWith("Kafka")
            .or()
            .haveSimpleNameStartingWith("S3")
            .should()
            .notBePublic()
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Util|Utils|Helper|Manager|Dto|DTO|Mapper|VO|Bean)")
            .orShould()
            .haveNameMatching(".*\\.Abstract\\w*Service")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..", "..helper..", "..dto..", "..impl..", "..misc..")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule faultsAreProblems = classes()
            .that()
            .resideOutsideOfPackage("io.darvoza.common..")
            .and()
            .areAssignableTo(Throwable.class)
            .and(not(ProblemException.class))
            .should(new ArchCondition<>("not exist: ProblemException and the JDK's are enough") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is an exception of its own"));
                }
            })
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule packagesAreNullMarked = classes()
            .should(new ArchCondition<>("lie in a package whose package-info is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(
                                type, type.getName() + ": " + type.getPackageName() + " is not @NullMarked"));
                    }
                }
            })
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule cryptographyIsTinks = noClasses()
            .that()
            .resideInAPackage("io.darvoza.common..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.bouncycastle.."))
            .because("Bouncy Castle serves GOST and CMS in gosuslugi-service alone")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule commonKnowsNoService = noClasses()
            .that()
            .resideInAPackage("io.darvoza.common..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.darvoza..")
                    .and(resideOutsideOfPackages("io.darvoza.common..", "io.darvoza.local..")))
            .because("common-lib is technical; a service's word in it would bind all others")
            .allowEmptyShould(true);

    private static DescribedPredicate<JavaClass> not(Class<?> type) {
        return DescribedPredicate.not(JavaClass.Predicates.assignableTo(type));
    }

    private static ArchCondition<JavaClass> callAnyMethodOf(Class<?> owner, String... names) {
        Set<String> wanted = Set.of(names);
        return new ArchCondition<>("call " + owner.getSimpleName() + "." + wanted) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMethodCallsFromSelf().stream()
                        .filter(call -> wanted.contains(call.getTarget().getName())
                                && call.getTargetOwner().isAssignableTo(owner))
                        .forEach(call -> events.add(SimpleConditionEvent.satisfied(type, call.getDescription())));
            }
        };
    }
}

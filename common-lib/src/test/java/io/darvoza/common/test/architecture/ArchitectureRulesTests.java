package io.darvoza.common.test.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule is red on the fixture that breaks it; a rule without a fixture fails here. */
class ArchitectureRulesTests {

    private static final JavaClasses FIXTURES =
            new ClassFileImporter().importPackages("io.darvoza.common.test.architecture.fixture", "io.darvoza.cyclic");

    /** The class that each rule must object to. */
    private static final Map<String, String> BREAKERS = Map.ofEntries(
            Map.entry("modelIsPlainJava", "SpringyModel"),
            Map.entry("modelAsksNobodyForTimeOrChance", "SpringyModel"),
            Map.entry("featuresHaveNoCycles", "Cycle"),
            Map.entry("nobodyBlocksOrSubscribes", "OpenController"),
            Map.entry("onlyTheOutboxSendsToKafka", "OpenController"),
            Map.entry("dependenciesComeByConstructor", "Injected.runnable"),
            Map.entry("settingsComeByProperties", "Injected.setting"),
            Map.entry("propertiesAreValidatedRecords", "LooseProperties"),
            Map.entry("adaptersStayInTheirPackage", "R2dbcOrders"),
            Map.entry("namesSayWhatThingsAre", "OrderManager"),
            Map.entry("faultsAreProblems", "OrderException"),
            Map.entry("packagesAreNullMarked", "Loose"),
            Map.entry("cryptographyIsTinks", "R2dbcOrders"),
            Map.entry("webShapesStayInTheirPackage", "PublicController"),
            Map.entry("commonKnowsNoService", "Knowing"));

    @TestFactory
    Stream<DynamicTest> objectsToItsFixture() {
        return rules().map(field -> DynamicTest.dynamicTest(field.getName(), () -> {
            var result = ((ArchRule) field.get(null)).evaluate(FIXTURES);

            assertThat(result.hasViolation()).isTrue();
            assertThat(result.getFailureReport().toString()).contains(BREAKERS.get(field.getName()));
        }));
    }

    @Test
    void everyRuleHasAFixture() {
        List<String> names = rules().map(Field::getName).toList();

        assertThat(BREAKERS.keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    private static Stream<Field> rules() {
        return Arrays.stream(ArchitectureRules.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ArchRule.class);
    }
}

package io.darvoza.bankingdocs.document.model;

import static io.darvoza.bankingdocs.document.model.DocumentStatus.APPROVED;
import static io.darvoza.bankingdocs.document.model.DocumentStatus.ARCHIVED;
import static io.darvoza.bankingdocs.document.model.DocumentStatus.PENDING;
import static io.darvoza.bankingdocs.document.model.DocumentStatus.PROCESSED;
import static io.darvoza.bankingdocs.document.model.DocumentStatus.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentTests {

    private static final Instant ARRIVAL = Instant.parse("2026-11-20T23:30:00Z");
    private static final Category LEASES = new Category(1, "Договоры", 7, Set.of());

    /** Written out, so that a change of the machine is a change here as well. */
    private static final Map<DocumentStatus, Set<DocumentStatus>> ALLOWED = Map.of(
            PENDING, Set.of(APPROVED, REJECTED),
            APPROVED, Set.of(PROCESSED),
            REJECTED, Set.of(),
            PROCESSED, Set.of(ARCHIVED),
            ARCHIVED, Set.of());

    @Test
    void arrivesPendingAndDueByTheTermOfItsCategory() {
        Document document = arrived();

        assertThat(document.status()).isEqualTo(PENDING);
        assertThat(document.version()).isOne();
        assertThat(document.rowVersion()).isOne();
        assertThat(document.workerId()).isNull();
        assertThat(document.planMaturityDate()).isEqualTo(LocalDate.parse("2026-11-27"));
        assertThat(document.factMaturityDate()).isNull();
    }

    @ParameterizedTest
    @MethodSource("everyPairOfStatuses")
    void movesOnlyAsTheTableSays(DocumentStatus from, DocumentStatus to) {
        Document before = inStatus(from);

        StatusDecision decision = before.decide(to, 456L, ARRIVAL);

        switch (decision) {
            case StatusDecision.Moved moved -> {
                assertThat(ALLOWED.get(from)).contains(to);
                assertThat(moved.from()).isEqualTo(from);
                assertThat(moved.document().status()).isEqualTo(to);
                assertThat(moved.document().workerId()).isEqualTo(456);
                assertThat(moved.document().rowVersion()).isEqualTo(before.rowVersion() + 1);
            }
            case StatusDecision.Refused refused -> {
                assertThat(ALLOWED.get(from)).doesNotContain(to);
                assertThat(refused.current()).isEqualTo(from);
                assertThat(refused.allowed()).isEqualTo(ALLOWED.get(from));
            }
        }
    }

    static Stream<Arguments> everyPairOfStatuses() {
        return Stream.of(DocumentStatus.values())
                .flatMap(from -> Stream.of(DocumentStatus.values()).map(to -> Arguments.of(from, to)));
    }

    @Test
    void knowsTheStepsToAStatus() {
        assertThat(PENDING.stepsTo(APPROVED)).containsExactly(APPROVED);
        assertThat(PENDING.stepsTo(PROCESSED)).containsExactly(APPROVED, PROCESSED);
        assertThat(APPROVED.stepsTo(PROCESSED)).containsExactly(PROCESSED);
        assertThat(APPROVED.stepsTo(APPROVED)).isEmpty();
        assertThat(APPROVED.stepsTo(REJECTED)).isEmpty();
        assertThat(REJECTED.stepsTo(APPROVED)).isEmpty();
        assertThat(ARCHIVED.stepsTo(PROCESSED)).isEmpty();
    }

    @Test
    void endsItsProcessingWithTheArchive() {
        Document archived = moved(inStatus(PROCESSED).decide(ARCHIVED, 456L, Instant.parse("2026-12-01T00:00:00Z")));

        assertThat(archived.factMaturityDate()).isEqualTo(LocalDate.parse("2026-12-01"));
        assertThat(moved(inStatus(APPROVED).decide(PROCESSED, 456L, ARRIVAL)).factMaturityDate())
                .isNull();
    }

    @Test
    void keepsItsEmployeeWhenTheCoreBankingSystemDecides() {
        Document approved = moved(arrived().decide(APPROVED, 456L, ARRIVAL));

        assertThat(moved(approved.decide(PROCESSED, null, ARRIVAL)).workerId()).isEqualTo(456);
    }

    @ParameterizedTest
    @EnumSource(DocumentStatus.class)
    void takesNewContentOnlyWhenRejected(DocumentStatus status) {
        StatusDecision decision = inStatus(status).replaceContent();

        if (status == REJECTED) {
            assertThat(moved(decision).status()).isEqualTo(PENDING);
            assertThat(moved(decision).version()).isEqualTo(2);
        } else {
            assertThat(decision).isInstanceOf(StatusDecision.Refused.class);
        }
    }

    @ParameterizedTest
    @EnumSource(DocumentStatus.class)
    void isDeletedOnlyWhileNobodyReliesOnIt(DocumentStatus status) {
        Deletion free = Set.of(PENDING, REJECTED).contains(status) ? Deletion.ALLOWED : Deletion.WRONG_STATUS;

        assertThat(inStatus(status).delete(false)).isEqualTo(free);
        assertThat(inStatus(status).delete(true)).isEqualTo(Deletion.LINKED);
    }

    @ParameterizedTest
    @EnumSource(DocumentStatus.class)
    void hasANumberAndAWordThatLeadBackToIt(DocumentStatus status) {
        assertThat(DocumentStatus.ofId(status.id())).isEqualTo(status);
        assertThat(DocumentStatus.ofWord(status.word())).contains(status);
    }

    @Test
    void hasNoValidityThatEndsBeforeItBegins() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Validity(LocalDate.parse("2026-02-01"), LocalDate.parse("2026-01-31")));
    }

    private static Document arrived() {
        return Document.uploaded(1000, 123, LEASES, "Договор аренды", new Validity(null, null), ARRIVAL);
    }

    private static Document inStatus(DocumentStatus status) {
        Document fresh = arrived();
        return new Document(
                fresh.id(),
                fresh.ownerId(),
                null,
                fresh.categoryId(),
                fresh.description(),
                status,
                1,
                fresh.validity(),
                fresh.planMaturityDate(),
                null,
                false,
                ARRIVAL,
                5);
    }

    private static Document moved(StatusDecision decision) {
        assertThat(decision).isInstanceOf(StatusDecision.Moved.class);
        return ((StatusDecision.Moved) decision).document();
    }
}

package io.darvoza.payments.page.partner;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProperties;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.PartnerBalance;
import io.darvoza.payments.ledger.StatementLine;
import io.darvoza.payments.ledger.StatementRange;
import io.darvoza.payments.money.ShownAmount;
import io.darvoza.payments.partner.Partner;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads what the partner's page of money shows. */
@Component
final class PartnerMoneyPages {

    private static final Period USUAL = Period.ofDays(29);
    private static final Period LONGEST = Period.ofDays(365);

    private final Ledger ledger;
    private final KeysetCursors cursors;
    private final ZoneId zone;
    private final Clock clock;

    PartnerMoneyPages(Ledger ledger, KeysetCursors cursors, PaymentsProperties properties, Clock clock) {
        this.ledger = ledger;
        this.cursors = cursors;
        this.zone = properties.zone();
        this.clock = clock;
    }

    /** What the address asks for: days, and where the statement goes on. */
    record Wish(
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable String more) {}

    /** Days, the last one included. Raises {@link CommonProblem#VALIDATION_FAILED} for more than a year, or none. */
    private record Days(LocalDate from, LocalDate until) {

        Days {
            if (until.isBefore(from) || from.plus(LONGEST).isBefore(until)) {
                throw CommonProblem.VALIDATION_FAILED
                        .exception()
                        .error("/from", "before \"until\", by at most 366 days");
            }
        }
    }

    Mono<PartnerMoney> read(Partner partner, Wish wish, Locale language) {
        Days days = days(wish);
        Instant from = days.from().atStartOfDay(zone).toInstant();
        Instant end = days.until().plusDays(1).atStartOfDay(zone).toInstant();
        return Mono.zip(ledger.balanceOf(partner.id(), partner.currency()), lines(partner, from, end, wish.more()))
                .map(found -> money(partner, days, found.getT1(), found.getT2(), csv(from, end), language));
    }

    private Days days(Wish wish) {
        LocalDate until = wish.until() == null ? LocalDate.ofInstant(clock.instant(), zone) : wish.until();
        return new Days(wish.from() == null ? until.minus(USUAL) : wish.from(), until);
    }

    private Mono<Page<StatementLine>> lines(Partner partner, Instant from, Instant end, @Nullable String more) {
        KeysetCursor cursor = cursors.forQuery("payments.partner-page.statement", partner.id(), from, end);
        PageRequest page = PageRequest.of(null, more);
        return Mono.fromSupplier(() -> cursor.read(more))
                .flatMap(position -> ledger.statement(
                                partner.id(), partner.currency(), range(from, end, position, page.rowsToRead()))
                        .collectList())
                .map(rows -> Page.of(page, rows, last -> cursor.after(last.at(), last.id())));
    }

    private static StatementRange range(Instant from, Instant end, List<String> position, int rows) {
        StatementRange first = StatementRange.first(from, end, rows);
        return position.isEmpty()
                ? first
                : first.after(Instant.parse(position.get(0)), Long.parseLong(position.get(1)));
    }

    private static PartnerMoney money(
            Partner partner,
            Days days,
            PartnerBalance balance,
            Page<StatementLine> lines,
            String csv,
            Locale language) {
        return new PartnerMoney(
                ShownAmount.of(balance.available(), partner.currency(), language),
                ShownAmount.of(balance.held(), partner.currency(), language),
                balance.receivable() == 0 ? null : ShownAmount.of(balance.receivable(), partner.currency(), language),
                days.from(),
                days.until(),
                lines.items().stream()
                        .map(line -> new PartnerMoney.Line(
                                line.at(),
                                line.kind(),
                                line.orderUid(),
                                line.externalId(),
                                ShownAmount.of(line.change(), partner.currency(), language),
                                line.change() > 0,
                                ShownAmount.of(line.balance(), partner.currency(), language)))
                        .toList(),
                lines.nextCursor(),
                csv);
    }

    private static String csv(Instant from, Instant end) {
        return "/v1/payments/statement?format=csv&from=" + from + "&to=" + end;
    }
}

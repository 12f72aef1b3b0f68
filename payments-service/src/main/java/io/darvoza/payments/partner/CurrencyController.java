package io.darvoza.payments.partner;

import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What holds for all orders of a currency. */
@RestController
@Tag(name = "Administration: currencies")
class CurrencyController {

    private final DatabaseClient database;
    private final AuditLog audit;
    private final TransactionalOperator transaction;

    CurrencyController(DatabaseClient database, AuditLog audit, TransactionalOperator transaction) {
        this.database = database;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Settings of a currency; amounts are in that currency. */
    @Schema(name = "CurrencySettings")
    record CurrencyRequest(
            @Schema(example = "1.00") @Nullable String minAmount,
            @Schema(example = "1000000000.00") @Nullable String maxAmount,

            @Schema(example = "100000.00", description = "An approval of more needs a second person") @Nullable
            String secondApproval) {}

    /** A currency with its settings. */
    @Schema(name = "Currency")
    record CurrencyResponse(String currency, String minAmount, String maxAmount, String secondApproval, long version) {

        private static CurrencyResponse from(Readable row) {
            Currency currency = Currency.valueOf(Objects.requireNonNull(row.get("currency", String.class)));
            return new CurrencyResponse(
                    currency.name(),
                    text(row, "min_amount_minor", currency),
                    text(row, "max_amount_minor", currency),
                    text(row, "second_approval_minor", currency),
                    Objects.requireNonNull(row.get("row_version", Long.class)));
        }

        private static String text(Readable row, String column, Currency currency) {
            return Amount.format(Objects.requireNonNull(row.get(column, Long.class)), currency);
        }
    }

    /** All currencies. */
    @Schema(name = "Currencies")
    record CurrenciesResponse(List<CurrencyResponse> currencies) {}

    @GetMapping("/v1/payments/admin/currencies")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "auditor"})
    @Operation(operationId = "listCurrencies", summary = "The currencies and their settings")
    Mono<CurrenciesResponse> list() {
        return database.sql("select * from currency_setting order by currency")
                .map(CurrencyResponse::from)
                .all()
                .collectList()
                .map(CurrenciesResponse::new);
    }

    @PutMapping("/v1/payments/admin/currencies/{code}")
    @AllowedTo("payments_admin")
    @Operation(operationId = "changeCurrency", summary = "Set what holds for all orders of a currency")
    Mono<ResponseEntity<CurrencyResponse>> change(
            @PathVariable String code,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody CurrencyRequest request,
            Caller caller) {
        Currency currency = Currency.of(code).orElseThrow(CommonProblem.NOT_FOUND::exception);
        RequestCheck check = new RequestCheck();
        long least = check.amount("/min_amount", request.minAmount(), currency, 1);
        long most = check.amount("/max_amount", request.maxAmount(), currency, least);
        long second = check.amount("/second_approval", request.secondApproval(), currency, 1);
        check.done();
        Long wanted = VersionTag.wanted(ifMatch);
        return locked(currency)
                .filter(before -> wanted == null || wanted == before.version())
                .switchIfEmpty(Mono.error(CommonProblem.PRECONDITION_FAILED::exception))
                .flatMap(before -> update(currency, least, most, second)
                        .flatMap(after -> audit.write(
                                        caller.principalKey(),
                                        "currency_changed",
                                        "currency",
                                        currency.name(),
                                        before,
                                        after,
                                        null)
                                .thenReturn(after)))
                .as(transaction::transactional)
                .map(after ->
                        ResponseEntity.ok().eTag(VersionTag.of(after.version())).body(after));
    }

    private Mono<CurrencyResponse> locked(Currency currency) {
        return database.sql("select * from currency_setting where currency = :currency for update")
                .bind("currency", currency.name())
                .map(CurrencyResponse::from)
                .one();
    }

    private Mono<CurrencyResponse> update(Currency currency, long least, long most, long second) {
        return database.sql("""
                        update currency_setting set min_amount_minor = :least, max_amount_minor = :most,
                            second_approval_minor = :second, row_version = row_version + 1
                        where currency = :currency returning *
                        """)
                .bind("least", least)
                .bind("most", most)
                .bind("second", second)
                .bind("currency", currency.name())
                .map(CurrencyResponse::from)
                .one();
    }
}

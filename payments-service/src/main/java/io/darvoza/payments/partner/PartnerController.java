package io.darvoza.payments.partner;

import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.signature.ApiKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Partners for administrators. */
@RestController
@Tag(name = "Administration: partners")
class PartnerController {

    private static final int MAX_CLIENT_ID = 255;

    private final Partners partners;
    private final R2dbcPartnerList list;
    private final AdministerPartners administer;
    private final ApiKeys keys;
    private final PartnerProperties properties;
    private final TransactionalOperator transaction;

    PartnerController(
            Partners partners,
            R2dbcPartnerList list,
            AdministerPartners administer,
            ApiKeys keys,
            PartnerProperties properties,
            TransactionalOperator transaction) {
        this.partners = partners;
        this.list = list;
        this.administer = administer;
        this.keys = keys;
        this.properties = properties;
        this.transaction = transaction;
    }

    /**
     * A partner to be.
     *
     * @param clientId the client in Keycloak
     * @param currency of the partner's account, for good
     */
    @Schema(name = "NewPartner")
    record RegistrationRequest(
            @Nullable String clientId,
            @Nullable String currency,
            @Nullable PartnerRequest terms) {}

    /** The first key of a new partner, with its secret, which is told here and never again. */
    @Schema(name = "FirstKey")
    record FirstKey(UUID keyId, String secretHex) {}

    /** A new partner with its first key. */
    @Schema(name = "RegisteredPartner")
    record RegisteredResponse(PartnerResponse partner, FirstKey firstKey) {}

    /** Partners, oldest first. */
    @Schema(name = "Partners")
    record PartnersResponse(
            List<PartnerResponse> partners, @Nullable String nextCursor) {}

    @GetMapping("/v1/payments/admin/partners")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "auditor"})
    @Operation(operationId = "listPartners", summary = "All partners, oldest first")
    Mono<PartnersResponse> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return list.page(PageRequest.of(limit, cursor))
                .map(page -> page.map(PartnerResponse::from))
                .map(page -> new PartnersResponse(page.items(), page.nextCursor()));
    }

    @PostMapping("/v1/payments/admin/partners")
    @AllowedTo("payments_admin")
    @Operation(
            operationId = "registerPartner",
            summary = "Make a partner of a Keycloak client; the answer alone tells the secret of its first key",
            responses = @ApiResponse(responseCode = "201", description = "The partner and its first key"))
    Mono<ResponseEntity<RegisteredResponse>> register(@RequestBody RegistrationRequest request, Caller caller) {
        RequestCheck check = new RequestCheck();
        String clientId = check.text("/client_id", request.clientId(), MAX_CLIENT_ID);
        String code = request.currency() == null ? "" : request.currency();
        Currency currency = Currency.of(code).orElse(Currency.RUB);
        check.require(
                Currency.of(code).isPresent(),
                "/currency",
                List.of(Currency.values()).toString());
        check.require(request.terms() != null, "/terms", "is required");
        PartnerRequest wanted =
                request.terms() == null ? new PartnerRequest("-", null, null, null, null, null) : request.terms();
        PartnerTerms terms = wanted.toTerms(currency, properties, check);
        check.done();
        String actor = caller.principalKey();
        return administer
                .register(clientId, currency, terms, actor)
                .flatMap(partner -> keys.issue(partner.id(), ApiKeys.Wish.forEverything("first"), actor)
                        .map(issued -> new RegisteredResponse(
                                PartnerResponse.from(partner),
                                new FirstKey(issued.key().id(), issued.secret().hex()))))
                .as(transaction::transactional)
                .map(PartnerController::created);
    }

    private static ResponseEntity<RegisteredResponse> created(RegisteredResponse registered) {
        return ResponseEntity.created(URI.create(
                        "/v1/payments/admin/partners/" + registered.partner().id()))
                .cacheControl(CacheControl.noStore())
                .eTag(VersionTag.of(registered.partner().version()))
                .body(registered);
    }

    @GetMapping("/v1/payments/admin/partners/{id}")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "auditor"})
    @Operation(operationId = "getPartner", summary = "One partner")
    Mono<ResponseEntity<PartnerResponse>> get(@PathVariable UUID id) {
        return found(id).map(PartnerController::answer);
    }

    @PutMapping("/v1/payments/admin/partners/{id}")
    @AllowedTo("payments_admin")
    @Operation(operationId = "changePartner", summary = "Set a partner's terms; orders that are open keep theirs")
    Mono<ResponseEntity<PartnerResponse>> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody PartnerRequest request,
            Caller caller) {
        return found(id)
                .flatMap(before -> administer.change(
                        before, terms(request, before), VersionTag.wanted(ifMatch), caller.principalKey()))
                .map(PartnerController::answer);
    }

    private PartnerTerms terms(PartnerRequest request, Partner before) {
        RequestCheck check = new RequestCheck();
        PartnerTerms terms = request.toTerms(before.currency(), properties, check);
        check.done();
        return terms;
    }

    private Mono<Partner> found(UUID id) {
        return partners.find(id).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }

    private static ResponseEntity<PartnerResponse> answer(Partner partner) {
        return ResponseEntity.ok().eTag(VersionTag.of(partner.version())).body(PartnerResponse.from(partner));
    }
}

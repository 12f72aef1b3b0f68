package io.darvoza.bankingdocs.contract;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lets partners file papers under a contract, and forbids it again. Both may be sent twice. */
@RestController
@Tag(name = "СМ")
class ContractGrantController {

    private static final String PATH = "/v1/sm/contracts/{id}/grants/{partner}";
    private static final Pattern PARTNER = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final Contracts contracts;
    private final ContractGrants grants;
    private final TransactionalOperator transaction;

    ContractGrantController(Contracts contracts, ContractGrants grants, TransactionalOperator transaction) {
        this.contracts = contracts;
        this.grants = grants;
        this.transaction = transaction;
    }

    /** A grant, and since when it is there. */
    @Schema(name = "ContractGrant")
    record GrantResponse(long contractId, String partner, Instant grantedAt) {

        private static GrantResponse from(ContractGrants.Grant grant) {
            return new GrantResponse(grant.contractId(), grant.partner(), grant.grantedAt());
        }
    }

    /** The grants of a contract, by partner. */
    @Schema(name = "ContractGrants")
    record GrantsResponse(long contractId, List<GrantResponse> grants) {}

    @GetMapping("/v1/sm/contracts/{id}/grants")
    @AllowedTo({"sm_manager", "bank_admin", "auditor"})
    @Operation(operationId = "listContractGrants", summary = "Which partners may file papers under a contract")
    Mono<GrantsResponse> list(@PathVariable long id) {
        return contracts
                .one(id)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(_ -> grants.all(id).map(GrantResponse::from).collectList())
                .map(found -> new GrantsResponse(id, found));
    }

    @PutMapping(PATH)
    @AllowedTo({"sm_manager", "bank_admin"})
    @Operation(
            operationId = "grantContract",
            summary = "Let a partner file papers under a contract",
            description = "The partner is named by the client id of its programs.")
    Mono<GrantResponse> grant(@PathVariable long id, @PathVariable String partner, Caller caller) {
        return known(id, partner)
                .then(Mono.defer(() -> grants.grant(id, partner, caller.principalKey())))
                .as(transaction::transactional)
                .map(GrantResponse::from);
    }

    @DeleteMapping(PATH)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @AllowedTo({"sm_manager", "bank_admin"})
    @Operation(operationId = "withdrawContractGrant", summary = "Let a partner file no more papers under a contract")
    @ApiResponse(responseCode = "204", description = "There is no such grant any more")
    Mono<Void> withdraw(@PathVariable long id, @PathVariable String partner, Caller caller) {
        return known(id, partner)
                .then(Mono.defer(() -> grants.withdraw(id, partner, caller.principalKey())))
                .as(transaction::transactional)
                .then();
    }

    private Mono<Void> known(long id, String partner) {
        if (!PARTNER.matcher(partner).matches()) {
            return Mono.error(
                    CommonProblem.VALIDATION_FAILED.exception().error("/partner", "a client id: " + PARTNER.pattern()));
        }
        return contracts
                .one(id)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .then();
    }
}

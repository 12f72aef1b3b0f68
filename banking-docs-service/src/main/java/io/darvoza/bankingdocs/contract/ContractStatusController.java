package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.audit.AuditLog;
import io.darvoza.bankingdocs.contract.model.Contract;
import io.darvoza.bankingdocs.contract.model.ContractStatus;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.OptionalIdempotency;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Moves a contract through its life. */
@RestController
@Tag(name = "СМ")
class ContractStatusController {

    private final Contracts contracts;
    private final AuditLog audit;
    private final OptionalIdempotency commands;

    ContractStatusController(Contracts contracts, AuditLog audit, OptionalIdempotency commands) {
        this.contracts = contracts;
        this.audit = audit;
        this.commands = commands;
    }

    /** The wanted status. */
    @Schema(name = "ContractStatusChange")
    record StatusRequest(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"active", "closed", "archived"})
            @Nullable
            String status) {

        private ContractStatus target() {
            ContractStatus target = ContractWords.status(status);
            if (target == null) {
                throw CommonProblem.VALIDATION_FAILED.exception().error("/status", "is required");
            }
            return target;
        }
    }

    /** What a repeated request must say again to be the same one. */
    record Wish(
            long contractId,
            StatusRequest request,
            @Nullable Long version) {}

    /** The status that a contract has now. */
    @Schema(name = "ContractStatusChanged")
    record StatusResponse(long contractId, String newStatus) {}

    @PutMapping("/v1/sm/contracts/{id}/status")
    @AllowedTo({"sm_manager", "bank_admin"})
    @Operation(
            operationId = "changeContractStatus",
            summary = "Move a contract on: draft → active → closed → archived",
            description = "If-Match and Idempotency-Key are honoured when sent.")
    @ApiResponse(
            responseCode = "200",
            description = "Changed; ETag is the new version of the row",
            content = @Content(schema = @Schema(implementation = StatusResponse.class)))
    Mono<ResponseEntity<String>> change(
            @PathVariable long id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody StatusRequest request,
            Caller caller) {
        ContractStatus target = request.target();
        Long version = VersionTag.wanted(ifMatch);
        Mono<Answer> command = contracts
                .lock(id)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .doOnNext(contract -> VersionTag.require(version, contract.rowVersion()))
                .map(contract -> moved(contract, target))
                .delayUntil(contracts::save)
                .delayUntil(contract -> audit.add(
                        AuditLog.Entry.ofContract(caller.principalKey(), "contract." + target.word(), id, null, null)))
                .map(contract -> commands.changed(
                        contract.rowVersion(),
                        new StatusResponse(id, contract.status().word())));
        return commands.run(key, caller, "contracts.status", new Wish(id, request, version), command);
    }

    private static Contract moved(Contract contract, ContractStatus target) {
        if (!contract.status().next().contains(target)) {
            throw ContractWords.conflict(contract);
        }
        return contract.moved(target);
    }
}

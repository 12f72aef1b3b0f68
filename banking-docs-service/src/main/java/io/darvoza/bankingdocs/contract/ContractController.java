package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.Accounts;
import io.darvoza.bankingdocs.account.CallerAccount;
import io.darvoza.bankingdocs.audit.AuditLog;
import io.darvoza.bankingdocs.contract.model.Contract;
import io.darvoza.bankingdocs.contract.model.ContractStatus;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.OptionalIdempotency;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Registers contracts and shows them. */
@RestController
@Tag(name = "СМ")
class ContractController {

    private static final String PATH = "/v1/sm/contracts";

    private final Contracts contracts;
    private final VisibleContract visible;
    private final CallerAccount callerAccount;
    private final Accounts accounts;
    private final AuditLog audit;
    private final OptionalIdempotency commands;
    private final Clock clock;

    ContractController(
            Contracts contracts,
            VisibleContract visible,
            CallerAccount callerAccount,
            Accounts accounts,
            AuditLog audit,
            OptionalIdempotency commands,
            Clock clock) {
        this.contracts = contracts;
        this.visible = visible;
        this.callerAccount = callerAccount;
        this.accounts = accounts;
        this.audit = audit;
        this.commands = commands;
        this.clock = clock;
    }

    /** A contract to be. */
    @Schema(name = "NewContract")
    record ContractRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Long userId,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = Contract.MAX_DESCRIPTION_LENGTH) @Nullable
            String description) {

        private String words() {
            String words = description == null ? "" : description.strip();
            var invalid = CommonProblem.VALIDATION_FAILED.exception();
            boolean described = !words.isEmpty()
                    && words.length() <= Contract.MAX_DESCRIPTION_LENGTH
                    && words.chars().noneMatch(Character::isISOControl);
            if (!described) {
                invalid = invalid.error(
                        "/description", "1..%d, no control characters".formatted(Contract.MAX_DESCRIPTION_LENGTH));
            }
            if (userId == null) {
                invalid = invalid.error("/user_id", "is required");
            }
            if (!described || userId == null) {
                throw invalid;
            }
            return words;
        }
    }

    /** Contracts, newest first; nextCursor is absent on the last page. */
    @Schema(name = "Contracts")
    record ContractsResponse(
            List<ContractResponse> contracts, @Nullable String nextCursor) {}

    @PostMapping(PATH)
    @AllowedTo({"sm_manager", "bank_admin"})
    @Operation(operationId = "createContract", summary = "Register a contract, as a draft")
    @ApiResponse(
            responseCode = "201",
            description = "Registered; Location and ETag name it",
            content = @Content(schema = @Schema(implementation = ContractResponse.class)))
    Mono<ResponseEntity<String>> create(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody ContractRequest request,
            Caller caller) {
        String words = request.words();
        Mono<Answer> command = client(request.userId())
                .flatMap(owner -> contracts.add(owner.id(), words, clock.instant()))
                .delayUntil(contract -> audit.add(AuditLog.Entry.ofContract(
                        caller.principalKey(), "contract.created", contract.id(), null, null)))
                .map(contract -> commands.created(PATH + "/" + contract.id(), ContractResponse.from(contract))
                        .withHeader("ETag", VersionTag.of(contract.rowVersion())));
        return commands.run(key, caller, "contracts.create", request, command);
    }

    private Mono<Account> client(@Nullable Long userId) {
        return Mono.justOrEmpty(userId)
                .flatMap(accounts::withId)
                .filter(Account::isClient)
                .switchIfEmpty(Mono.error(BankingDocsProblem.UNKNOWN_CLIENT::exception));
    }

    @GetMapping(PATH)
    @AllowedTo({"bank_client", "sm_manager", "bank_admin", "auditor"})
    @Operation(
            operationId = "listContracts",
            summary = "Contracts, newest first",
            description = "A client sees his own.")
    Mono<ContractsResponse> list(
            @RequestParam(name = "user_id", required = false) @Nullable Long userId,
            @Parameter(description = "draft, active, closed or archived") @RequestParam(required = false) @Nullable
                    String status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        PageRequest page = PageRequest.of(limit, cursor);
        ContractStatus wanted = ContractWords.status(status);
        return filter(userId, wanted, caller)
                .flatMap(filter -> contracts.page(filter, page))
                .map(found -> found.map(ContractResponse::from))
                .map(found -> new ContractsResponse(found.items(), found.nextCursor()));
    }

    /** A client who asks for another one's contracts asks for something that does not exist. */
    private Mono<Contracts.Filter> filter(@Nullable Long userId, @Nullable ContractStatus status, Caller caller) {
        if (VisibleContract.seesAll(caller)) {
            return Mono.just(new Contracts.Filter(userId, status));
        }
        return callerAccount
                .of(caller)
                .filter(own -> userId == null || userId == own.id())
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .map(own -> new Contracts.Filter(own.id(), status));
    }

    @GetMapping(PATH + "/{id}")
    @AllowedTo({"bank_client", "sm_manager", "bank_admin", "auditor"})
    @Operation(
            operationId = "getContract",
            summary = "One contract",
            description = "A client sees his own; ETag is the version of its row.")
    Mono<ResponseEntity<ContractResponse>> one(@PathVariable long id, Caller caller) {
        return visible.of(contracts.one(id), caller)
                .map(contract -> ResponseEntity.ok()
                        .eTag(VersionTag.of(contract.rowVersion()))
                        .body(ContractResponse.from(contract)));
    }
}

package io.darvoza.bankingdocs.account;

import io.darvoza.bankingdocs.audit.AuditLog;
import io.darvoza.common.database.Constraints;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.OptionalIdempotency;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.Ownership;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Shows and changes what the bank knows of a client. Who reads another's profile, or changes one, is audited. */
@RestController
@Tag(name = "ДБО")
class ProfileController {

    private static final String PATH = "/v1/dbo/users/{userId}/profile";
    private static final String POSITION_KEY = "user_account_fin_position_id_fkey";
    private static final String[] ANY = {"dbo_operator", "bank_admin"};

    private final ClientProfiles profiles;
    private final AuditLog audit;
    private final OptionalIdempotency commands;
    private final Clock clock;

    ProfileController(ClientProfiles profiles, AuditLog audit, OptionalIdempotency commands, Clock clock) {
        this.profiles = profiles;
        this.audit = audit;
        this.commands = commands;
        this.clock = clock;
    }

    /** What a repeated request must say again to be the same one. */
    record Wish(
            long userId, ProfileRequest request, @Nullable Long version) {}

    /** That a profile was changed. It does not repeat the profile, which must not lie among kept answers in clear. */
    @Schema(name = "ClientProfileChanged")
    record ChangedResponse(long userId) {}

    @GetMapping(PATH)
    @AllowedTo({"bank_client", "dbo_operator", "bank_admin"})
    @Operation(
            operationId = "getProfile",
            summary = "What the bank knows of a client",
            description = "A client reads his own; ETag is the version of the row.")
    Mono<ResponseEntity<ProfileResponse>> read(@PathVariable long userId, Caller caller) {
        return profiles.of(userId)
                .transform(Ownership.visible(
                        stored -> caller.hasAny(ANY) || isOwn(stored, caller), CommonProblem.NOT_FOUND))
                .delayUntil(stored -> isOwn(stored, caller) ? Mono.empty() : note(caller, "profile.read", userId))
                .map(stored -> ResponseEntity.ok()
                        .eTag(VersionTag.of(stored.rowVersion()))
                        .cacheControl(CacheControl.noStore())
                        .body(ProfileResponse.from(stored)));
    }

    @PutMapping(PATH)
    @AllowedTo({"dbo_operator", "bank_admin"})
    @Operation(
            operationId = "changeProfile",
            summary = "Set what the bank knows of a client",
            description = "What is absent is taken away. If-Match and Idempotency-Key are honoured when sent.")
    @ApiResponse(
            responseCode = "200",
            description = "Changed; ETag is the new version of the row",
            content = @Content(schema = @Schema(implementation = ChangedResponse.class)))
    Mono<ResponseEntity<String>> change(
            @PathVariable long userId,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody ProfileRequest request,
            Caller caller) {
        ClientProfile profile = request.toProfile(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        Long version = VersionTag.wanted(ifMatch);
        Mono<Answer> command = profiles.lock(userId)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .doOnNext(before -> VersionTag.require(version, before.rowVersion()))
                .flatMap(before -> profiles.save(userId, profile)
                        .onErrorMap(
                                fault -> Constraints.broken(POSITION_KEY, fault),
                                fault -> CommonProblem.VALIDATION_FAILED
                                        .exception()
                                        .error("/fin_position_id", "a number of the dictionary fin-positions"))
                        .then(note(caller, "profile.changed", userId))
                        .thenReturn(before))
                .map(before -> commands.changed(before.rowVersion() + 1, new ChangedResponse(userId)));
        return commands.run(key, caller, "profiles.change", new Wish(userId, request, version), command);
    }

    private Mono<Void> note(Caller caller, String action, long userId) {
        return audit.add(AuditLog.Entry.ofUser(caller.principalKey(), action, userId, null));
    }

    private static boolean isOwn(ClientProfiles.Stored stored, Caller caller) {
        return stored.account().subject().equals(caller.subject());
    }
}

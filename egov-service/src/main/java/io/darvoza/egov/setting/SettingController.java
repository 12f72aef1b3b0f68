package io.darvoza.egov.setting;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The settings of the integration, for administrators. A change holds on every instance within seconds. */
@RestController
@AllowedTo("egov_admin")
@Tag(name = "Administration: settings")
class SettingController {

    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,9})\"");

    private final CurrentSettings current;
    private final ChangeSettings change;

    SettingController(CurrentSettings current, ChangeSettings change) {
        this.current = current;
        this.change = change;
    }

    /** All settings. */
    @Schema(name = "Settings")
    record SettingsResponse(List<SettingResponse> settings) {}

    /** A new value. */
    @Schema(name = "SettingValue")
    record SettingRequest(
            @Schema(example = "https://data.egov.kz/api/v4") @Nullable
            String value) {

        /** It may be a key. */
        @Override
        public String toString() {
            return "SettingRequest";
        }
    }

    @GetMapping("/v1/egov/settings")
    @Operation(operationId = "listSettings", summary = "What holds now, and where it comes from")
    Mono<SettingsResponse> list() {
        return current.effective()
                .map(all -> new SettingsResponse(
                        all.stream().map(SettingResponse::from).toList()));
    }

    @GetMapping("/v1/egov/settings/{name}")
    @Operation(operationId = "getSetting", summary = "One setting")
    Mono<ResponseEntity<SettingResponse>> get(@PathVariable String name) {
        return shown(known(name));
    }

    @PutMapping("/v1/egov/settings/{name}")
    @Operation(
            operationId = "setSetting",
            summary = "Set a value in the database; a new key works beside the one before it")
    Mono<ResponseEntity<SettingResponse>> set(
            @PathVariable String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody SettingRequest request,
            Caller caller) {
        SettingName setting = known(name);
        String value = request.value() == null ? "" : request.value();
        return change.set(setting, value, wanted(ifMatch), caller.principalKey())
                .then(shown(setting));
    }

    @DeleteMapping("/v1/egov/settings/{name}")
    @Operation(
            operationId = "resetSetting",
            summary = "Take the database's value back: environment or default decide again")
    Mono<ResponseEntity<SettingResponse>> reset(
            @PathVariable String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            Caller caller) {
        SettingName setting = known(name);
        return change.reset(setting, wanted(ifMatch), caller.principalKey()).then(shown(setting));
    }

    @DeleteMapping("/v1/egov/settings/{name}/previous")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "revokePreviousSetting",
            summary = "End the older of two keys",
            responses = @ApiResponse(responseCode = "204", description = "It is no longer used"))
    Mono<Void> revokePrevious(@PathVariable String name, Caller caller) {
        return change.revokePrevious(known(name), caller.principalKey());
    }

    private Mono<ResponseEntity<SettingResponse>> shown(SettingName name) {
        return current.effective()
                .map(all -> all.stream()
                        .filter(setting -> setting.name() == name)
                        .findFirst()
                        .orElseThrow())
                .map(setting -> {
                    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
                    if (setting.version() != null) {
                        answer.eTag("\"" + setting.version() + "\"");
                    }
                    return answer.body(SettingResponse.from(setting));
                });
    }

    private static SettingName known(String name) {
        return SettingName.of(name).orElseThrow(CommonProblem.NOT_FOUND::exception);
    }

    private static @Nullable Integer wanted(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        var tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw CommonProblem.PRECONDITION_FAILED.exception();
        }
        return Integer.valueOf(tag.group(1));
    }
}

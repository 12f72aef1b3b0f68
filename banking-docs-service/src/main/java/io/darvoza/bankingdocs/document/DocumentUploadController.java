package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Encoding;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Takes documents from clients and from operators for them. */
@RestController
@Tag(name = "ДБО")
class DocumentUploadController {

    private static final String METADATA = "metadata";

    private final IdempotentUpload upload;
    private final JsonMapper json;

    DocumentUploadController(IdempotentUpload upload, JsonMapper json) {
        this.upload = upload;
        this.json = json;
    }

    /** The parts of an upload, for the OpenAPI description. */
    @Schema(name = "DocumentUpload")
    record Parts(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            UploadMetadata metadata,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, type = "string", format = "binary")
            String file) {}

    @PostMapping(path = "/v1/dbo/documents", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @AllowedTo({"bank_client", "dbo_operator"})
    @Operation(
            operationId = "uploadDocument",
            summary = "Upload a document",
            description =
                    "Part metadata first, then part file. The file is checked before it is kept; what is refused leaves"
                            + " nothing behind.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = Parts.class),
                                            encoding =
                                                    @Encoding(
                                                            name = METADATA,
                                                            contentType = MediaType.APPLICATION_JSON_VALUE))))
    @ApiResponse(
            responseCode = "201",
            description = "Added; Location and ETag name it",
            content = @Content(schema = @Schema(implementation = UploadResponse.class)))
    Mono<ResponseEntity<String>> upload(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Parameter(hidden = true) ServerHttpRequest request,
            Caller caller) {
        Optional<String> checked = Optional.ofNullable(key);
        if (key != null) {
            // Refuses what is no key before a byte of the file is read.
            var unused = IdempotentUpload.UploadCall.scope(caller, key);
        }
        return upload.run(new IdempotentUpload.UploadCall(caller, request, this::metadata, file -> checked))
                .map(Answer::toResponse);
    }

    /** The one part before the file. */
    private UploadMetadata metadata(ReceivedUpload file) {
        String text = FormFields.only(file, METADATA).required(METADATA);
        return PartJson.read(json, METADATA, text, UploadMetadata.class);
    }
}

package io.darvoza.bankingdocs.document;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a batch, for the OpenAPI description. */
@Schema(name = "DocumentBatch")
record BatchParts(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<DocumentPart> documents,

        @ArraySchema(
                arraySchema = @Schema(requiredMode = Schema.RequiredMode.REQUIRED),
                schema = @Schema(type = "string", format = "binary"))
        List<String> files) {

    /**
     * What a batch says of one document. As with a single upload, exactly one of category and callcopyId is needed.
     *
     * @param fileName which of the files it is; either all documents say one, or none does
     */
    @Schema(name = "BatchDocument")
    record DocumentPart(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            long userId,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String description,

            @Nullable String category,
            @Nullable Integer callcopyId,
            @Nullable String actualDate,
            @Nullable String actualEndDate,
            @Nullable String checksumSha256,
            @Nullable Boolean allowDuplicate,
            @Nullable String fileName) {}
}

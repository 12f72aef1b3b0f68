package io.darvoza.bankingdocs.upload;

import java.nio.file.Path;
import java.util.Map;

/**
 * One upload, complete on disk and not checked yet. The file is there for as long as {@link Uploads} lends it.
 *
 * @param fields the parts before the file by name, as UTF-8 text
 * @param file where it lies
 * @param size in bytes
 * @param sha256 64 hexadecimal digits in lower case
 * @param declaredType the media type that the client named, without parameters; {@code application/octet-stream} if none
 * @param sentAs the client's name of the file, as it is
 */
public record ReceivedUpload(
        Map<String, String> fields, Path file, long size, String sha256, String declaredType, String sentAs) {

    public ReceivedUpload {
        fields = Map.copyOf(fields);
    }

    /** The client's name of the file, made harmless. */
    public String name() {
        return FileName.harmless(sentAs);
    }

    /** Without what people wrote. */
    @Override
    public String toString() {
        return "ReceivedUpload[size=" + size + ", sha256=" + sha256 + "]";
    }
}

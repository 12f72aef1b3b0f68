package io.darvoza.bankingdocs.document.model;

import org.jspecify.annotations.Nullable;

/**
 * The content of one version of a document.
 *
 * @param key where the object store has it
 * @param size in bytes
 * @param sha256 64 hexadecimal digits
 * @param declaredType the media type that the client named
 * @param type the media type that the content has
 * @param pageCount pages, where the type has any that can be counted
 * @param scanned whether a scanner has found it clean; else none was in use
 * @param originalName the client's name of the file, made harmless
 */
public record DocumentFile(
        String key,
        long size,
        String sha256,
        String declaredType,
        String type,
        @Nullable Integer pageCount,
        boolean scanned,
        String originalName) {

    public DocumentFile {
        if (size <= 0 || sha256.length() != 64) {
            throw new IllegalArgumentException("a file has bytes and a SHA-256");
        }
    }
}

package io.darvoza.bankingdocs.upload;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * What a part of a form says of itself.
 *
 * @param name of the field
 * @param filename as the client wrote it; empty if it wrote none
 * @param type {@code type/subtype} without parameters; {@code application/octet-stream} if none is named
 */
record PartHead(String name, String filename, String type) {

    /** @param text header lines, parted by CR LF */
    static PartHead parse(String text) {
        HttpHeaders headers = new HttpHeaders();
        for (String line : text.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            } else if (!line.isBlank()) {
                throw PartAssembly.malformed("unreadable");
            }
        }
        try {
            ContentDisposition disposition = headers.getContentDisposition();
            if (disposition.getName() == null) {
                throw PartAssembly.malformed("part_without_name");
            }
            return new PartHead(disposition.getName(), orEmpty(disposition.getFilename()), type(headers));
        } catch (IllegalArgumentException unreadable) {
            throw PartAssembly.malformed("unreadable");
        }
    }

    private static String type(HttpHeaders headers) {
        MediaType type = headers.getContentType();
        return type == null ? MediaType.APPLICATION_OCTET_STREAM_VALUE : type.getType() + "/" + type.getSubtype();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

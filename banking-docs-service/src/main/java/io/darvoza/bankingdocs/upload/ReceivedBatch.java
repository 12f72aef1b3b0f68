package io.darvoza.bankingdocs.upload;

import java.util.List;

/**
 * Many uploads in one body, complete on disk and not checked yet. The files are there for as long as {@link Uploads} lends
 * them.
 *
 * @param documents what the first part says of them, as UTF-8 text
 * @param files in the order in which they came
 */
public record ReceivedBatch(String documents, List<Item> files) {

    public ReceivedBatch {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param sentAs the client's name of the file, untouched, by which the first part may call it
     * @param upload the file; what is too large was not kept to its end
     * @param tooLarge whether it is larger than one file may be
     */
    public record Item(String sentAs, ReceivedUpload upload, boolean tooLarge) {}

    /** Without what people wrote. */
    @Override
    public String toString() {
        return "ReceivedBatch[files=" + files.size() + "]";
    }
}

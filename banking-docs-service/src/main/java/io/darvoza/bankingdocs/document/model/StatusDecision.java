package io.darvoza.bankingdocs.document.model;

import java.util.Set;

/** What became of the wish to change a document's status. */
public sealed interface StatusDecision {

    /** It changed. */
    record Moved(Document document, DocumentStatus from) implements StatusDecision {}

    /** Its status does not allow that; these are the ones that may follow. */
    record Refused(DocumentStatus current, Set<DocumentStatus> allowed) implements StatusDecision {

        public Refused {
            allowed = Set.copyOf(allowed);
        }
    }
}

package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.audit.AuditLog;
import io.darvoza.bankingdocs.document.model.Category;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Changes what a document says of itself, in the caller's transaction. */
@Service
final class EditDocument {

    private final LockedDocument locked;
    private final KnownCategory categories;
    private final Documents documents;
    private final AuditLog audit;

    EditDocument(LockedDocument locked, KnownCategory categories, Documents documents, AuditLog audit) {
        this.locked = locked;
        this.categories = categories;
        this.documents = documents;
        this.audit = audit;
    }

    /**
     * The document after the change.
     *
     * <p>Problems: those of {@link LockedDocument}, {@link CommonProblem#VALIDATION_FAILED},
     * {@link BankingDocsProblem#DOCUMENT_STATUS_CONFLICT}.
     */
    Mono<Document> handle(long id, DocumentPatch patch, Caller caller, @Nullable Long version) {
        return locked.of(id, caller, version)
                .doOnNext(document -> requireOpen(document, patch))
                .zipWhen(document -> category(document, patch))
                .map(pair -> edited(pair.getT1(), pair.getT2(), patch))
                .delayUntil(documents::save)
                .delayUntil(document -> audit.add(AuditLog.Entry.ofDocument(
                        caller.principalKey(), "document.edited", id, String.join(" ", patch.names()))));
    }

    private static Document edited(Document document, Category category, DocumentPatch patch) {
        return document.edited(patch.description(document), category, patch.validity(document));
    }

    private static void requireOpen(Document document, DocumentPatch patch) {
        boolean open = (!patch.describes() || document.mayBeDescribed())
                && (!patch.classifies() || document.mayBeClassified());
        if (!open) {
            throw ChangeDocumentStatus.conflict(
                    document.status(), document.status().next());
        }
    }

    /** A category that does not take the type of the file that is there already is refused. */
    private Mono<Category> category(Document document, DocumentPatch patch) {
        if (patch.category() == null && patch.callcopyId() == null) {
            return categories.of(document.categoryId(), null);
        }
        return categories
                .of(patch.callcopyId(), patch.category())
                .delayUntil(category -> documents
                        .typeOf(document)
                        .filter(category::takes)
                        .switchIfEmpty(Mono.error(() -> CommonProblem.VALIDATION_FAILED
                                .exception()
                                .error("/category", "does not take files of this type"))));
    }
}

package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.account.Account;
import io.darvoza.bankingdocs.account.CallerAccount;
import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.bankingdocs.upload.UploadProperties;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads what the page of a client's own documents shows. */
@Component
final class DocumentPages {

    private static final int ROWS = 50;

    /** Nobody reads a larger number in a title. */
    private static final int MOST_PENDING = 1000;

    private final CallerAccount callerAccount;
    private final Categories categories;
    private final DocumentReadModel documents;
    private final UploadProperties uploads;

    DocumentPages(
            CallerAccount callerAccount, Categories categories, DocumentReadModel documents, UploadProperties uploads) {
        this.callerAccount = callerAccount;
        this.categories = categories;
        this.documents = documents;
        this.uploads = uploads;
    }

    /** What the address asks for. */
    record Wish(
            @Nullable String status,
            @Nullable Integer category,
            @Nullable String newer,
            @Nullable String older) {

        static final Wish NEWEST = new Wish(null, null, null, null);

        private DocumentFilter filter(Account owner) {
            return new DocumentFilter(statusOrNull(), category, null, null, owner.id(), null, null);
        }

        private @Nullable DocumentStatus statusOrNull() {
            return status == null
                    ? null
                    : DocumentStatus.ofWord(status)
                            .orElseThrow(() ->
                                    CommonProblem.VALIDATION_FAILED.exception().error("/status", status));
        }
    }

    Mono<DocumentList> read(Caller caller, Wish wish) {
        return callerAccount
                .of(caller)
                .flatMap(owner -> Mono.zip(leaf(owner, wish), kinds(), pending(owner)))
                .map(parts -> list(wish, parts.getT1(), parts.getT2(), parts.getT3()));
    }

    private Mono<DocumentReadModel.Leaf> leaf(Account owner, Wish wish) {
        return Mono.defer(() -> {
            DocumentFilter filter = wish.filter(owner);
            if (wish.newer() != null) {
                return documents.newer(filter, wish.newer(), ROWS);
            }
            return wish.older() == null ? documents.newest(filter, ROWS) : documents.older(filter, wish.older(), ROWS);
        });
    }

    private Mono<List<DocumentList.Kind>> kinds() {
        return categories
                .all()
                .map(category -> new DocumentList.Kind(category.id(), category.name()))
                .collectList();
    }

    private Mono<Long> pending(Account owner) {
        return documents.count(
                new DocumentFilter(DocumentStatus.PENDING, null, null, null, owner.id(), null, null), MOST_PENDING);
    }

    private DocumentList list(Wish wish, DocumentReadModel.Leaf leaf, List<DocumentList.Kind> kinds, long pending) {
        return new DocumentList(
                leaf.items().stream().map(DocumentList.Entry::from).toList(),
                leaf.newer(),
                leaf.older(),
                wish.status(),
                wish.category(),
                Arrays.stream(DocumentStatus.values()).map(DocumentStatus::word).toList(),
                kinds,
                pending,
                uploads.maxFileSize().toBytes(),
                Document.MAX_DESCRIPTION_LENGTH,
                UUID.randomUUID().toString());
    }
}

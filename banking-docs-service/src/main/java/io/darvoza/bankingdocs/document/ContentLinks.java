package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.audit.AuditLog;
import io.darvoza.common.crypto.Sha256;
import io.darvoza.common.id.FastRandom;
import io.darvoza.common.problem.CommonProblem;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Links that open one version of one document for a short time, for programs that cannot send a token. Who makes and who
 * opens one is audited; the token itself is nowhere kept.
 */
@Service
final class ContentLinks {

    private static final int TOKEN_BYTES = 32;

    private final DatabaseClient database;
    private final DocumentVersions versions;
    private final AuditLog audit;
    private final DocumentProperties properties;
    private final TransactionalOperator transaction;
    private final Clock clock;
    private final SecureRandom random = FastRandom.create();

    ContentLinks(
            DatabaseClient database,
            DocumentVersions versions,
            AuditLog audit,
            DocumentProperties properties,
            TransactionalOperator transaction,
            Clock clock) {
        this.database = database;
        this.versions = versions;
        this.audit = audit;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A link: a token that is told once, and until when it opens. */
    record Link(String token, Instant expiresAt) {}

    /** A new link to the current content of a document that the actor may read. */
    Mono<Link> create(DocumentView document, String actor) {
        return Mono.defer(() -> {
            Link link = new Link(token(), clock.instant().plus(properties.contentLinkTime()));
            return insert(document, link, actor)
                    .then(audit.add(AuditLog.Entry.ofDocument(actor, "content-link.created", document.id(), null)))
                    .thenReturn(link)
                    .as(transaction::transactional);
        });
    }

    private Mono<Void> insert(DocumentView document, Link link, String actor) {
        return database.sql("""
                        insert into content_link (token_sha256, document_id, version, created_by, created_at, expires_at)
                        values (:hash, :document, :version, :actor, :now, :expires)
                        """)
                .bind("hash", hash(link.token()))
                .bind("document", document.id())
                .bind("version", document.version())
                .bind("actor", actor)
                .bind("now", clock.instant())
                .bind("expires", link.expiresAt())
                .then();
    }

    /**
     * What a token opens.
     *
     * <p>Problems: {@link CommonProblem#NOT_FOUND} for a token that nobody gave, or whose document was deleted;
     * {@link CommonProblem#GONE} for one whose time is over.
     */
    Mono<StoredContent> open(String token) {
        return database.sql("select document_id, version, expires_at from content_link where token_sha256 = :hash")
                .bind("hash", hash(token))
                .map(row -> new Target(
                        Objects.requireNonNull(row.get("document_id", Long.class)),
                        Objects.requireNonNull(row.get("version", Integer.class)),
                        Objects.requireNonNull(row.get("expires_at", Instant.class))))
                .one()
                .doOnNext(this::requireTime)
                .flatMap(target -> versions.one(target.documentId(), target.version()))
                .map(DocumentVersions.Version::content)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .delayUntil(content -> audit.add(
                        AuditLog.Entry.ofDocument("link", "content-link.opened", content.documentId(), null)));
    }

    private record Target(long documentId, int version, Instant expiresAt) {}

    private void requireTime(Target target) {
        if (!clock.instant().isBefore(target.expiresAt())) {
            throw CommonProblem.GONE.exception();
        }
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String token) {
        return Sha256.of(token);
    }
}

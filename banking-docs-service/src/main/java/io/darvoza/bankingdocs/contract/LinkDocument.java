package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.BankingDocsProblem;
import io.darvoza.bankingdocs.account.CallerAccount;
import io.darvoza.bankingdocs.audit.AuditLog;
import io.darvoza.bankingdocs.contract.model.Contract;
import io.darvoza.bankingdocs.contract.model.LinkStatus;
import io.darvoza.bankingdocs.document.KnownDocuments;
import io.darvoza.bankingdocs.document.KnownDocuments.KnownDocument;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Links documents to contracts and changes links, in the caller's transaction. Contract, document and link are locked in
 * this order; the document so that it cannot be deleted meanwhile.
 */
@Service
final class LinkDocument {

    private static final String[] MANAGERS = {"sm_manager", "bank_admin"};

    private final Contracts contracts;
    private final ContractLinks links;
    private final KnownDocuments documents;
    private final CallerAccount callerAccount;
    private final AuditLog audit;
    private final Clock clock;

    LinkDocument(
            Contracts contracts,
            ContractLinks links,
            KnownDocuments documents,
            CallerAccount callerAccount,
            AuditLog audit,
            Clock clock) {
        this.contracts = contracts;
        this.links = links;
        this.documents = documents;
        this.callerAccount = callerAccount;
        this.audit = audit;
        this.clock = clock;
    }

    private record Pair(Contract contract, KnownDocument document) {}

    /**
     * An active link. A client links his own document to his own contract; what is another's does not exist for him.
     *
     * <p>Problems: {@link CommonProblem#NOT_FOUND}, {@link BankingDocsProblem#OWNERS_DIFFER},
     * {@link BankingDocsProblem#CONTRACT_STATUS_CONFLICT}, {@link BankingDocsProblem#LINK_EXISTS}.
     */
    Mono<ContractLinks.Link> link(long contractId, long documentId, Caller caller) {
        return pair(contractId, documentId, caller)
                .doOnNext(LinkDocument::requireFit)
                .flatMap(pair -> links.lock(contractId, documentId)
                        .map(LinkDocument::anew)
                        .defaultIfEmpty(new ContractLinks.Link(contractId, documentId, LinkStatus.ACTIVE, 1))
                        .delayUntil(link -> keep(link, caller))
                        .delayUntil(link -> documents.linked(pair.document(), contractId)));
    }

    /**
     * The link in another status.
     *
     * <p>Problems: {@link CommonProblem#NOT_FOUND}, {@link CommonProblem#PRECONDITION_FAILED},
     * {@link BankingDocsProblem#LINK_STATUS_CONFLICT}.
     *
     * @param version row version that the caller knows; null for whatever it is
     */
    Mono<ContractLinks.Link> change(
            long contractId, long documentId, LinkStatus target, @Nullable Long version, Caller caller) {
        return pair(contractId, documentId, caller)
                .flatMap(pair -> links.lock(contractId, documentId)
                        .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                        .doOnNext(link -> VersionTag.require(version, link.rowVersion()))
                        .map(link -> moved(link, target))
                        .delayUntil(link -> keep(link, caller))
                        .delayUntil(link -> documents.linkChanged(pair.document(), contractId, target.word())));
    }

    private Mono<Pair> pair(long contractId, long documentId, Caller caller) {
        boolean manager = caller.hasAny(MANAGERS);
        return callerAccount
                .of(caller)
                .flatMap(own -> contracts
                        .lock(contractId)
                        .filter(contract -> manager || contract.ownerId() == own.id())
                        .flatMap(contract -> documents
                                .lock(documentId)
                                .filter(document -> manager || document.ownerId() == own.id())
                                .map(document -> new Pair(contract, document))))
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }

    private static void requireFit(Pair pair) {
        if (pair.document().ownerId() != pair.contract().ownerId()) {
            throw BankingDocsProblem.OWNERS_DIFFER.exception();
        }
        if (!pair.contract().status().takesDocuments()) {
            throw ContractWords.conflict(pair.contract());
        }
    }

    private static ContractLinks.Link anew(ContractLinks.Link before) {
        if (!before.status().mayBeLinkedAnew()) {
            throw BankingDocsProblem.LINK_EXISTS
                    .exception(before.status().word())
                    .with("link_status", before.status().word());
        }
        return before.moved(LinkStatus.ACTIVE);
    }

    private static ContractLinks.Link moved(ContractLinks.Link link, LinkStatus target) {
        if (!link.status().next().contains(target)) {
            throw ContractWords.conflict(link.status());
        }
        return link.moved(target);
    }

    private Mono<Void> keep(ContractLinks.Link link, Caller caller) {
        return links.save(link, clock.instant())
                .then(audit.add(AuditLog.Entry.ofContract(
                        caller.principalKey(),
                        "link." + link.status().word(),
                        link.contractId(),
                        link.documentId(),
                        null)));
    }
}

package io.darvoza.bankingdocs.contract;

import io.darvoza.bankingdocs.audit.AuditLog;
import io.darvoza.bankingdocs.contract.model.Contract;
import io.darvoza.bankingdocs.contract.model.LinkStatus;
import io.darvoza.bankingdocs.document.KnownDocuments;
import io.darvoza.bankingdocs.document.KnownDocuments.KnownDocument;
import java.time.Clock;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Papers that come under a contract through a partner: who holds a grant may, as long as the contract takes documents. */
@Service
public final class PartnerPapers {

    private final Contracts contracts;
    private final ContractGrants grants;
    private final ContractLinks links;
    private final KnownDocuments documents;
    private final AuditLog audit;
    private final Clock clock;

    PartnerPapers(
            Contracts contracts,
            ContractGrants grants,
            ContractLinks links,
            KnownDocuments documents,
            AuditLog audit,
            Clock clock) {
        this.contracts = contracts;
        this.grants = grants;
        this.links = links;
        this.documents = documents;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether a partner may file under a contract. */
    public enum Admission {
        ADMITTED,
        UNKNOWN_CONTRACT,
        /** It is closed or archived. */
        CONTRACT_OVER,
        NO_GRANT
    }

    /** How it is now; it may be different a moment later. */
    public Mono<Admission> admission(long contractId, String partner) {
        return contracts
                .one(contractId)
                .flatMap(contract -> admission(contract, partner))
                .defaultIfEmpty(Admission.UNKNOWN_CONTRACT);
    }

    /**
     * Account of the contract's client, whose contract nobody changes until the end of the caller's transaction. Empty unless
     * the partner is admitted.
     */
    public Mono<Long> admit(long contractId, String partner) {
        return contracts
                .lock(contractId)
                .filterWhen(contract -> admission(contract, partner).map(Admission.ADMITTED::equals))
                .map(Contract::ownerId);
    }

    private Mono<Admission> admission(Contract contract, String partner) {
        return contract.status().takesDocuments()
                ? grants.of(contract.id(), partner).map(_ -> Admission.ADMITTED).defaultIfEmpty(Admission.NO_GRANT)
                : Mono.just(Admission.CONTRACT_OVER);
    }

    /** Links a new document of the contract's client, in the transaction that holds the contract. */
    public Mono<Void> link(long contractId, KnownDocument document, String actor) {
        ContractLinks.Link link = new ContractLinks.Link(contractId, document.id(), LinkStatus.ACTIVE, 1);
        return links.save(link, clock.instant())
                .then(audit.add(AuditLog.Entry.ofContract(actor, "link.active", contractId, document.id(), null)))
                .then(documents.linked(document, contractId));
    }
}

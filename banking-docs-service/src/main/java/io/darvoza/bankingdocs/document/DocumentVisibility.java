package io.darvoza.bankingdocs.document;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.Ownership;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Who may know of a document: its owner, and employees by their role. To anybody else it does not exist.
 */
final class DocumentVisibility {

    /** Roles that see facts of any document. */
    private static final String[] FACTS = {"abs_worker", "dbo_operator", "sm_manager", "bank_admin", "auditor"};

    /** Roles that read the content of any document: those who decide on it or link it. */
    private static final String[] CONTENT = {"abs_worker", "sm_manager", "bank_admin"};

    /** Roles that change documents of any client on the side of remote banking. */
    static final String[] CHANGES = {"dbo_operator", "bank_admin"};

    private DocumentVisibility() {}

    static UnaryOperator<Mono<DocumentView>> facts(Caller caller) {
        return visible(caller, FACTS);
    }

    static UnaryOperator<Mono<DocumentView>> content(Caller caller) {
        return visible(caller, CONTENT);
    }

    static UnaryOperator<Mono<DocumentView>> changes(Caller caller) {
        return visible(caller, CHANGES);
    }

    /** For pages of one's own documents, where an employee's role opens nothing. */
    static UnaryOperator<Mono<DocumentView>> own(Caller caller) {
        return visible(caller);
    }

    /** Whether the caller may see the list of a client's documents. */
    static boolean seesAll(Caller caller) {
        return caller.hasAny(FACTS);
    }

    private static UnaryOperator<Mono<DocumentView>> visible(Caller caller, String... roles) {
        return Ownership.visible(
                document -> caller.hasAny(roles) || document.ownerSubject().equals(caller.subject()),
                CommonProblem.NOT_FOUND);
    }
}

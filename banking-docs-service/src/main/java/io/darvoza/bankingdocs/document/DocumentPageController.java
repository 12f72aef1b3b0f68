package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.page.PageFrame;
import io.darvoza.bankingdocs.page.Tab;
import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * A client's own documents as a page, and its form, which works without JavaScript. Employees come by the same address to what
 * is theirs.
 */
@Controller
@Hidden
@AllowedTo("bank_client")
class DocumentPageController {

    private static final String VIEW = "documents/list";
    private static final String PAGE = "/documents";

    private final DocumentPages pages;
    private final DocumentReadModel documents;
    private final IdempotentUpload upload;
    private final ProblemRenderer problems;
    private final PageFrame frame;

    DocumentPageController(
            DocumentPages pages,
            DocumentReadModel documents,
            IdempotentUpload upload,
            ProblemRenderer problems,
            PageFrame frame) {
        this.pages = pages;
        this.documents = documents;
        this.upload = upload;
        this.problems = problems;
        this.frame = frame;
    }

    @GetMapping(PAGE)
    @AllowedTo({"bank_client", "abs_worker", "sm_manager", "bank_admin", "auditor"})
    Mono<Rendering> page(@ModelAttribute DocumentPages.Wish wish, ServerWebExchange exchange, Caller caller) {
        return caller.has("bank_client")
                ? pages.read(caller, wish)
                        .map(list -> Rendering.view(VIEW)
                                .model(frame.model(exchange, caller, Tab.OWN))
                                .modelAttribute("list", list)
                                .build())
                : Mono.just(Rendering.redirectTo(frame.home(caller))
                        .status(HttpStatus.SEE_OTHER)
                        .build());
    }

    /** One line of the list, for the live region. */
    @GetMapping(PAGE + "/rows/{id}")
    Mono<Rendering> row(@PathVariable long id, Caller caller) {
        return documents
                .one(id)
                .transform(DocumentVisibility.own(caller))
                .map(view -> Rendering.view(VIEW + " :: row(row=${row})")
                        .modelAttribute("row", DocumentList.Entry.from(view))
                        .build());
    }

    @PostMapping(path = PAGE, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<Rendering> send(ServerWebExchange exchange, Caller caller) {
        AtomicReference<DocumentList.Typed> typed = new AtomicReference<>(DocumentList.Typed.NOTHING);
        return upload.run(new IdempotentUpload.UploadCall(
                        caller,
                        exchange.getRequest(),
                        file -> metadata(file, typed),
                        file -> Optional.ofNullable(file.fields().get("key"))))
                .map(kept ->
                        Rendering.redirectTo(PAGE).status(HttpStatus.SEE_OTHER).build())
                .onErrorResume(ProblemException.class, refusal -> refused(exchange, refusal, typed.get(), caller));
    }

    /** A description that was left empty is the file's name. What was typed is remembered for a refusal. */
    private static UploadMetadata metadata(ReceivedUpload file, AtomicReference<DocumentList.Typed> typed) {
        FormFields form = FormFields.only(file, "category", "description", "key");
        String description = form.optional("description");
        typed.set(new DocumentList.Typed(form.optional("category"), description));
        return new UploadMetadata(
                Objects.requireNonNullElse(description, file.name()),
                form.required("category"),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private Mono<Rendering> refused(
            ServerWebExchange exchange, ProblemException refusal, DocumentList.Typed typed, Caller caller) {
        ProblemDetail problem = problems.render(refusal, exchange);
        return pages.read(caller, DocumentPages.Wish.NEWEST)
                .map(list -> Rendering.view(VIEW)
                        .status(HttpStatusCode.valueOf(problem.getStatus()))
                        .model(frame.model(exchange, caller, Tab.OWN))
                        .model(Map.of("list", list, "problem", problem, "typed", typed))
                        .build());
    }
}

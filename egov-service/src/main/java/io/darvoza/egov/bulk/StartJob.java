package io.darvoza.egov.bulk;

import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.reactive.Detached;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.number.DocumentType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Begins a job. A number that is named more than once is one item; a text that is no number is done at once, as invalid. */
@Service
class StartJob {

    private final JobTable jobs;
    private final TransactionalOperator transaction;
    private final Detached detached;
    private final TimeOrderedIds ids;

    StartJob(JobTable jobs, TransactionalOperator transaction, Detached detached, TimeOrderedIds ids) {
        this.jobs = jobs;
        this.transaction = transaction;
        this.detached = detached;
        this.ids = ids;
    }

    /** The new job's id, once it is kept. */
    Mono<UUID> start(DocumentType type, List<String> texts, String principal, String traceId) {
        return Mono.defer(() -> {
            UUID id = ids.next();
            return detached.run(
                    "egov.bulk.start",
                    jobs.add(id, principal, type, traceId, texts.size(), items(type, texts))
                            .as(transaction::transactional)
                            .thenReturn(id));
        });
    }

    private static List<JobTable.NewItem> items(DocumentType type, List<String> texts) {
        Map<String, JobTable.NewItem> byNumber = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            JobTable.NewItem item = item(type, texts.get(i), i);
            byNumber.merge(
                    item.number() == null ? "text " + texts.get(i) : item.number(),
                    item,
                    (known, _) ->
                            new JobTable.NewItem(known.position(), known.times() + 1, known.number(), known.masked()));
        }
        return new ArrayList<>(byNumber.values());
    }

    private static JobTable.NewItem item(DocumentType type, String text, int position) {
        Optional<? extends DocumentNumber> number = Numbers.parse(type, text);
        return number.isPresent()
                ? new JobTable.NewItem(
                        position, 1, number.get().reveal(), number.get().toString())
                : new JobTable.NewItem(position, 1, null, Numbers.masked(text));
    }
}

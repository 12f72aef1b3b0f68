package io.darvoza.egov.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.egov.EgovChild;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Numbers;
import io.darvoza.egov.Portal;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many share commits, and the service is killed in the middle of them. */
class KilledServiceIT {

    private static final int CLIENTS = 32;
    private static final String KNOWN = Numbers.iin(1);

    private final Queue<String> answered = new ConcurrentLinkedQueue<>();

    @Test
    void eachAnswerThatLeftHasItsVerificationItsEventAndItsCall() throws SQLException {
        try (var portal = new Portal();
                var service = new EgovChild(portal);
                var http = new Http(serviceStarted(service))) {
            assertThat(http.iin(KNOWN).word("status")).isEqualTo("verified");
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.execute(() -> askUntilItDies(http));
                }
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answered.size() > 1000);
                service.process().kill();
            }
            assertThat(kept(service)).isEqualTo(answered.size());
            assertThat(portal.questions()).hasSize(1);
        }
    }

    private static int serviceStarted(EgovChild service) {
        service.start(null);
        service.awaitStart();
        return service.port();
    }

    private void askUntilItDies(Http http) {
        try {
            while (true) {
                Reply reply = http.iin(KNOWN);
                if (reply.status() == 200) {
                    answered.add(reply.word("verification_id"));
                }
            }
        } catch (UncheckedIOException gone) {
            // As it was meant to be.
        }
    }

    private long kept(EgovChild service) throws SQLException {
        try (Connection connection = service.database().connect();
                PreparedStatement statement = connection.prepareStatement("""
                        select count(*) from verification
                        where id = any (cast(? as uuid[]))
                          and exists (select 1 from api_call where verification_id = verification.id and status = 200)
                          and exists (select 1 from outbox_event where subject = cast(verification.id as text))
                        """)) {
            Array ids = connection.createArrayOf("text", answered.toArray());
            statement.setArray(1, ids);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }
}

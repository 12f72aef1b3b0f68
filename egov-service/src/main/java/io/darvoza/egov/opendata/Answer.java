package io.darvoza.egov.opendata;

import io.darvoza.egov.provider.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the upstream has answered to one request. */
sealed interface Answer {

    /** Rows of the data set; values are texts. */
    record Rows(List<Map<String, String>> rows) implements Answer {

        /** Rows are about people. */
        @Override
        public String toString() {
            return "Rows[" + rows.size() + "]";
        }
    }

    /**
     * No rows.
     *
     * @param isWorthRepeating whether another try may do better
     * @param countsForBreaker whether the upstream is ill, not our request or key
     * @param rest how long it asks to be left alone
     */
    record Failure(
            Reason reason,
            boolean isWorthRepeating,
            boolean countsForBreaker,
            @Nullable Duration rest) implements Answer {

        static Failure of(Reason reason) {
            return new Failure(reason, false, false, null);
        }

        static Failure ofIllUpstream(Reason reason, boolean isWorthRepeating) {
            return new Failure(reason, isWorthRepeating, true, null);
        }
    }

    /** The slot died before the request was sent, so nothing was. */
    record NotSent() implements Answer {}
}

package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WrkResultTests {

    private static final String OUTPUT = """
            Running 8s test @ http://127.0.0.1:8080/v1/dbo/users/me
              1 threads and 32 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     4.21ms    2.02ms  40.11ms   81.20%
                Req/Sec     7.70k     0.91k    9.11k    71.25%
              Latency Distribution
                 50%    3.87ms
                 75%    4.98ms
                 90%    6.42ms
                 99%   11.70ms
              61313 requests in 8.00s, 24.91MB read
            Requests/sec:   7661.98
            Transfer/sec:      3.11MB
            """;

    @Test
    void readsRateAndPercentiles() {
        assertThat(WrkResult.parse(OUTPUT)).isEqualTo(new WrkResult(61_313, 7661.98, 3870, 11_700, 0));
    }

    @Test
    void readsPercentilesInMicrosecondsAndSeconds() {
        var other = OUTPUT.replace("3.87ms", "72.00us").replace("11.70ms", "1.20s");

        assertThat(WrkResult.parse(other)).isEqualTo(new WrkResult(61_313, 7661.98, 72, 1_200_000, 0));
    }

    @Test
    void countsRefusedAnswersAndBrokenConnectionsAsFailures() {
        var failing = OUTPUT.replace("Requests/sec:", """
                  Socket errors: connect 1, read 2, write 3, timeout 4
                  Non-2xx or 3xx responses: 500
                Requests/sec:""");

        assertThat(WrkResult.parse(failing).failures()).isEqualTo(510);
    }

    @Test
    void outputOfSomethingElseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> WrkResult.parse("unable to connect"));
    }
}

package io.darvoza.local.supervisor;

import io.darvoza.local.process.StartFailure;
import java.util.List;

/** Makes the next start faster, in the background of the first one: one application after the other. */
record Training(List<ServiceProcess> services, Board board, Journal journal) implements Runnable {

    @Override
    public void run() {
        var untrained = services.stream().filter(ServiceProcess::isUntrained).toList();
        for (var number = 0;
                number < untrained.size() && !Thread.currentThread().isInterrupted();
                number++) {
            var service = untrained.get(number);
            board.note("Preparing faster starts: %s (%d of %d)"
                    .formatted(service.service().name(), number + 1, untrained.size()));
            try {
                service.train();
            } catch (StartFailure failure) {
                if (!Thread.currentThread().isInterrupted()) {
                    journal.say(failure.sentence());
                }
            }
        }
        board.note("");
    }
}

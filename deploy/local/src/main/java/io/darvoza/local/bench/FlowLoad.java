package io.darvoza.local.bench;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.StartFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Whole payments through the gateway by several clients at once. One that fails ends the measurement. */
final class FlowLoad {

    private final PaymentsSite site;
    private final PaymentsCast cast;
    private final int clients;
    private final Clock clock;
    private final AtomicLong seeds;

    FlowLoad(PaymentsSite site, PaymentsCast cast, int clients, Clock clock) {
        this.site = site;
        this.cast = cast;
        this.clients = clients;
        this.clock = clock;
        this.seeds = new AtomicLong(clock.millis());
    }

    PaymentFlow client(int number) {
        return new PaymentFlow(site.gateway().port(), cast, number, seeds.incrementAndGet(), clock);
    }

    /**
     * A run of whole payments.
     *
     * @param gatewayMillis processor time of the gateway per payment
     */
    record Run(double perSecond, double gatewayMillis, double serviceMillis, double databaseMillis) {

        /** Of something else, whose processor time is of no interest. */
        static Run of(double perSecond) {
            return new Run(perSecond, 0, 0, 0);
        }
    }

    /** Each client one after the other, of any partner. */
    Run anyPartner(Duration time) {
        return run(time, PaymentFlow::anyPartner);
    }

    /** The same, all of one partner. */
    Run onePartner(Duration time) {
        return run(time, _ -> cast.partners().getFirst());
    }

    private interface Choice {
        BenchPartner of(PaymentFlow flow);
    }

    private Run run(Duration time, Choice choice) {
        var done = new AtomicInteger();
        var gateway = cpuMillis(site.gateway().process());
        var service = cpuMillis(site.payments().process());
        var database = cpuMillis(site.backends().postgres().process());
        var start = System.nanoTime();
        var end = start + time.toNanos();
        together(clients, number -> () -> {
            try (var flow = client(number)) {
                while (System.nanoTime() < end) {
                    flow.whole(choice.of(flow));
                    done.incrementAndGet();
                }
            }
        });
        double payments = done.get();
        return new Run(
                payments / ((System.nanoTime() - start) / 1e9),
                (cpuMillis(site.gateway().process()) - gateway) / payments,
                (cpuMillis(site.payments().process()) - service) / payments,
                (cpuMillis(site.backends().postgres().process()) - database) / payments);
    }

    private static double cpuMillis(Child process) {
        return Load.cpu(process).toNanos() / 1e6;
    }

    /** At least so many payments, as fast as they go. */
    void atLeast(int payments) {
        var left = new AtomicInteger(payments);
        together(clients, number -> () -> {
            try (var flow = client(number)) {
                while (left.getAndDecrement() > 0) {
                    flow.whole(flow.anyPartner());
                }
            }
        });
    }

    /**
     * Payments that begin at a fixed pace, whatever became of those before.
     *
     * @param approvals how long each approval took
     * @param late how late each payment began
     */
    record Paced(Timings approvals, Timings late) {}

    Paced at(int perSecond, Duration time) {
        var ticks = Math.toIntExact(perSecond * time.toSeconds());
        var next = new AtomicInteger();
        var approvals = new ConcurrentLinkedQueue<Double>();
        var late = new ConcurrentLinkedQueue<Double>();
        var start = System.nanoTime();
        together(2 * clients, number -> () -> {
            try (var flow = client(number)) {
                for (var tick = next.getAndIncrement(); tick < ticks; tick = next.getAndIncrement()) {
                    late.add(await(start + (long) (tick * 1e9 / perSecond)));
                    var order = flow.create(flow.anyPartner(), tick % 2 == 0);
                    flow.confirm(order);
                    var claimed = flow.claim(order);
                    var sent = System.nanoTime();
                    flow.approve(claimed);
                    approvals.add((System.nanoTime() - sent) / 1e6);
                }
            }
        });
        return new Paced(Timings.of(approvals), Timings.of(late));
    }

    /** How many milliseconds it is past that moment in the end. */
    static double await(long moment) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, moment - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while measuring");
        }
        return (System.nanoTime() - moment) / 1e6;
    }

    static void together(int count, IntFunction<Runnable> work) {
        try (var threads = Executors.newFixedThreadPool(count)) {
            List<Future<?>> all = IntStream.range(0, count)
                    .<Future<?>>mapToObj(number -> threads.submit(work.apply(number)))
                    .toList();
            for (var one : all) {
                var ignored = one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while measuring");
        }
    }
}

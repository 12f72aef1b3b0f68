package io.darvoza.local.command;

import picocli.CommandLine.Command;

/** Measurements; each is a subcommand. */
@Command(
        name = "bench",
        description = "Measures against a control in the same run and writes the result into docs/benchmarks.",
        synopsisSubcommandLabel = "NAME",
        subcommands = {BenchGateway.class, BenchDocuments.class, BenchPayments.class, BenchEgov.class, BenchUp.class})
final class Bench {}

package io.darvoza.local.command;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.TokenEndpoint;
import io.darvoza.local.demo.DocumentJourney;
import io.darvoza.local.demo.EgovJourney;
import io.darvoza.local.demo.PapersAndMoney;
import io.darvoza.local.demo.PaymentJourney;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.OpenDataKey;
import io.darvoza.local.state.PartnerKey;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePort;
import io.darvoza.local.supervisor.SuiteLock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Plays the journeys. Exit code 0 when every step held. */
@Command(name = "demo", description = "Plays the main journeys on a running suite and prints each step.")
final class Demo implements Callable<Integer> {

    @Override
    public Integer call() {
        var folder = SuiteFolder.current();
        if (!SuiteLock.isHeld(folder)) {
            throw new StartFailure("The suite is not running; start it with ./suite up -d.");
        }
        var tokens = TokenEndpoint.throughGateway(folder);
        var secrets = Secrets.existing(folder);
        var http = new Http(folder.ports().publicUrl());
        var sandbox = folder.ports().address(SuitePort.SANDBOX);
        var held = new DocumentJourney(http, sandbox, tokens::token).play();
        held &= new PaymentJourney(http, sandbox, tokens::token, partner -> PartnerKey.of(secrets, partner)).play();
        held &= new PapersAndMoney(http, tokens::token, partner -> PartnerKey.of(secrets, partner)).play();
        held &= new EgovJourney(http, sandbox, tokens::token, secrets.password(OpenDataKey.NAMES.getLast())).play();
        System.out.println(held ? "Everything held." : "Not everything held.");
        return held ? 0 : 1;
    }
}

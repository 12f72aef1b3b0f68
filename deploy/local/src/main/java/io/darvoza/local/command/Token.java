package io.darvoza.local.command;

import io.darvoza.local.client.TokenEndpoint;
import io.darvoza.local.state.SuiteFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints an access token and nothing else. */
@Command(name = "token", description = "Prints an access token of a demo user or client.")
final class Token implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "For instance bank_client or partner.")
    private String name = "";

    @Override
    public Integer call() {
        System.out.println(TokenEndpoint.ofKeycloak(SuiteFolder.current()).token(name));
        return 0;
    }
}

package io.darvoza.local.command;

import io.darvoza.local.state.SuitePort;
import io.darvoza.local.state.SuitePorts;

/** Where a running suite is found and how to sign in. */
record Welcome(SuitePorts ports) {

    String text() {
        return """
                Pages           %s/
                API             %1$s/v1/…    description: %1$s/docs
                Sign in as      bank_client, abs_worker … : ./suite credentials bank_client
                Token           ./suite token bank_client
                Registry        %s/
                Stop            ./suite down
                """.formatted(ports.publicUrl(), ports.address(SuitePort.DISCOVERY));
    }
}

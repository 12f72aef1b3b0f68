package io.darvoza.payments;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs P2P payment orders on a double-entry ledger. */
@SpringBootApplication
public class PaymentsApplication {

    static void main(String[] arguments) {
        SpringApplication.run(PaymentsApplication.class, arguments);
    }
}

package io.darvoza.bankingdocs;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Carries bank clients' documents between ДБО, АБС and СМ. */
@SpringBootApplication
public class BankingDocsApplication {

    static void main(String[] arguments) {
        SpringApplication.run(BankingDocsApplication.class, arguments);
    }
}

package io.darvoza.identification;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Identifies bank clients by document and selfie. */
@SpringBootApplication
public class IdentificationApplication {

    static void main(String[] arguments) {
        SpringApplication.run(IdentificationApplication.class, arguments);
    }
}

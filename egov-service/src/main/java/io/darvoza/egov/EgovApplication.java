package io.darvoza.egov;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Verifies Kazakhstan IINs and passports within the limits of data.egov.kz. */
@SpringBootApplication
public class EgovApplication {

    static void main(String[] arguments) {
        SpringApplication.run(EgovApplication.class, arguments);
    }
}

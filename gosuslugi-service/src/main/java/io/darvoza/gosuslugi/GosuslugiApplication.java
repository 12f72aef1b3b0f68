package io.darvoza.gosuslugi;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Orders Russian state services through API ЕПГУ and ЕСИА. */
@SpringBootApplication
public class GosuslugiApplication {

    static void main(String[] arguments) {
        SpringApplication.run(GosuslugiApplication.class, arguments);
    }
}

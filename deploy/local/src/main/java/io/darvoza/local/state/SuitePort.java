package io.darvoza.local.state;

/** Every port of a suite, as it is without an offset. */
public enum SuitePort {
    GATEWAY(8080),
    GOSUSLUGI(8101),
    IDENTIFICATION(8102),
    PAYMENTS(8103),
    EGOV(8104),
    BANKING_DOCS(8105),
    SANDBOX(8190),
    DISCOVERY(8761),
    GATEWAY_MANAGEMENT(9100),
    GOSUSLUGI_MANAGEMENT(9101),
    IDENTIFICATION_MANAGEMENT(9102),
    PAYMENTS_MANAGEMENT(9103),
    EGOV_MANAGEMENT(9104),
    BANKING_DOCS_MANAGEMENT(9105),
    DISCOVERY_MANAGEMENT(9106),
    KEYCLOAK(8180),
    KEYCLOAK_MANAGEMENT(9180),
    POSTGRESQL(15_432),
    KAFKA(19_092),
    KAFKA_CONTROLLER(19_093),
    REDIS(16_379),
    S3(19_000);

    private final int number;

    SuitePort(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}

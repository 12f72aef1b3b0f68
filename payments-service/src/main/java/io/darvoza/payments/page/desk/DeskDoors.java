package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Doors;
import io.darvoza.common.security.Caller;
import org.springframework.stereotype.Component;

/** What the desk may offer to whom. */
@Component
final class DeskDoors {

    private final Doors doors;

    DeskDoors(Doors doors) {
        this.doors = doors;
    }

    May of(Caller caller) {
        return new May(doors.of(caller));
    }

    /** What one person may do. */
    public static final class May {

        private final Doors.May may;

        private May(Doors.May may) {
            this.may = may;
        }

        /** Whether the person may call the operation, such as {@code GET /v1/payments/ops/orders}. */
        public boolean to(String operation) {
            return may.to(operation);
        }

        /** The same for a command to an order. */
        public boolean order(String command) {
            return to("POST /v1/payments/ops/orders/{uid}/" + command);
        }

        /** The same for the administration, such as {@code PUT /cards/{id}}. */
        public boolean admin(String method, String path) {
            return to(method + " /v1/payments/admin" + path);
        }
    }
}

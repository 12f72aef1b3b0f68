package io.darvoza.payments.order;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Orders as rows of a table. */
final class OpsCsv {

    static final List<String> HEAD = List.of(
            "uid",
            "partner",
            "external_id",
            "type",
            "status",
            "sub_status",
            "amount",
            "actual_amount",
            "fee",
            "currency",
            "card_mask",
            "payer_card_mask",
            "client_id",
            "reason",
            "bank_reference",
            "created_at",
            "processing_at",
            "performed_at",
            "reversed_at");

    private OpsCsv() {}

    static List<String> row(OpsOrderResponse order) {
        return Stream.of(
                        order.uid(),
                        order.partner(),
                        order.externalId(),
                        order.type(),
                        order.status(),
                        order.subStatus(),
                        order.amount(),
                        order.actualAmount(),
                        order.fee(),
                        order.currency(),
                        order.cardMask(),
                        order.payerCardMask(),
                        order.clientId(),
                        order.reason(),
                        order.bankReference(),
                        order.createdAt(),
                        order.processingAt(),
                        order.performedAt(),
                        order.reversedAt())
                .map(cell -> Objects.toString(cell, ""))
                .toList();
    }
}

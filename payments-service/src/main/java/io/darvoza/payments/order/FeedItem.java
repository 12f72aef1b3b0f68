package io.darvoza.payments.order;

import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Instant;

/**
 * Something that happened to an order, as it is told live.
 *
 * @param seq its place among all that happened, without gaps that are filled later
 * @param kind word of the happening
 * @param order as it is now, which may be further on
 */
record FeedItem(long seq, String kind, String actor, Instant at, PaymentOrder order) {}

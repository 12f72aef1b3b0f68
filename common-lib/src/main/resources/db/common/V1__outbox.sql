-- Events of committed transactions on their way to Kafka (package io.darvoza.common.outbox).
CREATE TABLE outbox_event (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id          uuid        NOT NULL UNIQUE,
    topic             text        NOT NULL,
    event_key         text        NOT NULL,
    type              text        NOT NULL,
    source            text        NOT NULL,
    occurred_at       timestamptz NOT NULL,
    subject           text        NOT NULL,
    aggregate_version bigint      NOT NULL,
    owner_kind        text        NOT NULL,
    owner_id          text        NOT NULL,
    traceparent       text,
    payload           text        NOT NULL,
    status            text        NOT NULL DEFAULT 'unsent' CHECK (status IN ('unsent', 'sent')),
    attempts          integer     NOT NULL DEFAULT 0,
    next_attempt_at   timestamptz,
    last_error        text,
    created_at        timestamptz NOT NULL DEFAULT now(),
    sent_at           timestamptz
);

COMMENT ON COLUMN outbox_event.next_attempt_at IS
    'Set when the broker refused this very event; until then no event of the same topic and key is sent.';

-- What the relay reads: few rows, however many were sent.
CREATE INDEX outbox_event_unsent ON outbox_event (id) WHERE status = 'unsent';
CREATE INDEX outbox_event_refused ON outbox_event (topic, event_key) WHERE status = 'unsent' AND next_attempt_at IS NOT NULL;
CREATE INDEX outbox_event_sent ON outbox_event (sent_at) WHERE sent_at IS NOT NULL;

-- Rows are written once, updated once and deleted: vacuum early, and leave room for the update on the page.
ALTER TABLE outbox_event SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

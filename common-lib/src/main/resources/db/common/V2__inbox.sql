-- Events that consumers of this service have seen (package io.darvoza.common.inbox).
CREATE TABLE inbox_event (
    consumer    text        NOT NULL,
    event_id    uuid        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);

CREATE INDEX inbox_event_received ON inbox_event (received_at);

-- The newest version of each aggregate that a consumer has seen.
CREATE TABLE inbox_version (
    consumer          text        NOT NULL,
    source            text        NOT NULL,
    subject           text        NOT NULL,
    aggregate_version bigint      NOT NULL,
    updated_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, source, subject)
);

CREATE INDEX inbox_version_updated ON inbox_version (updated_at);

-- Commands by idempotency key, running or answered (package io.darvoza.common.idempotency).
CREATE TABLE idempotency (
    principal       text        NOT NULL,
    operation       text        NOT NULL,
    idempotency_key text        NOT NULL,
    status          text        NOT NULL CHECK (status IN ('running', 'completed')),
    holder          uuid,
    lease_until     timestamptz,
    fingerprint     bytea,
    answer_status   integer,
    answer_headers  text,
    answer_body     text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (principal, operation, idempotency_key),
    CONSTRAINT running_is_leased CHECK (status <> 'running' OR (holder IS NOT NULL AND lease_until IS NOT NULL)),
    CONSTRAINT completed_is_answered CHECK (status <> 'completed' OR (fingerprint IS NOT NULL AND answer_status IS NOT NULL))
);

CREATE INDEX idempotency_created ON idempotency (created_at);

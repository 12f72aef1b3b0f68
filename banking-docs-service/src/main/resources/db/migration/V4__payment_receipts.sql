-- Receipts of payments under contracts: one of each payment, however often and however late it is told again.
create table payment_receipt (
    payment     text        primary key check (length(payment) between 1 and 64),
    document_id bigint      not null unique references document (id),
    filed_at    timestamptz not null
);

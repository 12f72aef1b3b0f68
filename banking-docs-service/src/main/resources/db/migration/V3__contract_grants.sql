-- Which partner's programs may file papers under a contract. partner is the client id of the partner's programs.
create table contract_grant (
    contract_id bigint      not null references contract (id),
    partner     text        not null check (length(partner) between 1 and 63),
    granted_by  text        not null,
    granted_at  timestamptz not null,
    primary key (contract_id, partner)
);

create index contract_by_status on contract (status_id, id desc);

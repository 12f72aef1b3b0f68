-- What must not grow with the number of orders, nor of partners.

-- The few orders of one status among very many, oldest or newest first.
create index payment_order_by_status on payment_order (status, created_at desc, id desc);

-- As before, but «is not distinct from» is no condition for an index: it looked through all accounts of a kind.
create or replace function ledger_account_of(a_kind text, a_owner uuid, a_currency text) returns bigint language plpgsql as $$
declare
    found_id bigint;
begin
    if a_owner is null then
        select id into found_id from ledger_account where kind = a_kind and owner_id is null and currency = a_currency;
    else
        select id into found_id from ledger_account where kind = a_kind and owner_id = a_owner and currency = a_currency;
    end if;
    if found_id is null then
        insert into ledger_account (kind, owner_id, currency) values (a_kind, a_owner, a_currency)
            on conflict do nothing returning id into found_id;
        if found_id is null then
            -- Somebody was faster; this happens once in the life of an account.
            select id into found_id from ledger_account
                where kind = a_kind and owner_id is not distinct from a_owner and currency = a_currency;
        else
            insert into ledger_balance (account_id, bounded)
                values (found_id, a_kind in ('available', 'held', 'receivable'));
        end if;
    end if;
    return found_id;
end $$;

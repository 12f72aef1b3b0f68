-- Whose browser session an administrator ended, and who he was. Only ever written to: by permission, and by a trigger for
-- those whom permissions do not bind.
create table session_end (
    seq        bigint generated always as identity primary key,
    at         timestamptz not null,
    actor      text        not null check (length(actor) between 1 and 255),
    browser_id uuid        not null,
    subject    text        not null,
    username   text        not null,
    own        boolean     not null,
    request_id text        not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger session_end_append_only before update or delete or truncate on session_end
    for each statement execute function refuse_change();

revoke update, delete, truncate on session_end from current_user;

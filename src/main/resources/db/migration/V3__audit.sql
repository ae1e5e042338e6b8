-- What was decided, and who is told. Rows name other rows by their ids, with no reference: they outlive them.

create table audit_event (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    type text not null,
    outcome text not null check (outcome in ('success', 'refused')),
    actor_kind text check (actor_kind in ('person', 'client', 'device', 'operator', 'system')),
    actor_id text,
    client_id text,
    device_id uuid,
    account_id uuid,
    subject text,
    remote_address text,
    reason text,
    occurrences integer not null default 1 check (occurrences > 0)
);
create index on audit_event (at);
create index on audit_event (type, id);
create index on audit_event (client_id, id) where client_id is not null;
create index on audit_event (device_id, id) where device_id is not null;
create index on audit_event (account_id, id) where account_id is not null;

-- Append-only, for the owner of the table too: nothing is changed, and nothing is deleted but what the purge below finds
-- old enough. What holds against a service that was taken over is that it is granted no more than insert and select.
create function keep_audit_event() returns trigger language plpgsql as $$
declare
    retention interval := nullif(current_setting('jeton.audit_retention', true), '')::interval;
begin
    if tg_op = 'DELETE' then
        if retention is not null and old.at < now() - greatest(retention, interval '1 day') then
            return old;
        end if;
    end if;
    raise exception 'audit_event is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger audit_event_kept before update or delete on audit_event
    for each row execute function keep_audit_event();
create trigger audit_event_not_truncated before truncate on audit_event
    for each statement execute function keep_audit_event();

-- Runs as the owner, so that a service which may only insert and select can still purge: what is older than it says, and
-- than a day, and nothing else.
create function purge_audit_event(retention interval, batch integer) returns integer
language plpgsql security definer set search_path = "${flyway:defaultSchema}", pg_temp as $$
declare
    purged integer;
begin
    if retention < interval '1 day' then
        raise exception 'an audit event is kept for a day at the least' using errcode = 'invalid_parameter_value';
    end if;
    perform set_config('jeton.audit_retention', retention::text, true);
    delete from audit_event where id in (
        select id from audit_event where at < now() - retention order by at limit batch for update skip locked);
    get diagnostics purged = row_count;
    perform set_config('jeton.audit_retention', '', true);
    return purged;
end $$;
revoke execute on function purge_audit_event from public;

-- What is to be pushed to whom. A delivery belongs to a sender until next_attempt_at, and to nobody after that.
create table webhook_delivery (
    id uuid primary key,
    webhook text not null,
    event_type text not null,
    claims text not null,
    state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED')),
    attempts integer not null default 0,
    refusals integer not null default 0,
    created_at timestamptz not null default now(),
    next_attempt_at timestamptz not null default now(),
    ended_at timestamptz,
    last_answer text
) with (fillfactor = 70);
create index on webhook_delivery (webhook, next_attempt_at) where state = 'PENDING';
create index on webhook_delivery (coalesce(ended_at, created_at));

-- Seeing every device, and taking back many at once.

-- What an operator suspended, its owner does not bring back. A name that a person gave outlives what the device says.
alter table device
    add column state_changed_by text check (state_changed_by in ('OWNER', 'OPERATOR')),
    add column renamed boolean not null default false;

-- The lists, newest first, by what they are filtered for. No refresh touches this table: its indexes cost an enrolment
-- alone. When a device was seen last is in refresh_token and has no index, so that refreshes stay heap-only updates.
drop index device_client_id_model_idx;
create index on device (first_seen_at, id);
create index on device (client_id, first_seen_at, id);
create index on device (client_id, model, first_seen_at, id);
create index on device (model, first_seen_at, id);
create index on device (account_id, first_seen_at, id);
create index on device (serial collate "C");
create index on device (first_seen_at, id) where state <> 'ACTIVE';

-- Signing out everywhere, and deleting an account.
create index on browser_session (account_id);

-- Taking back many at once: what is ordered, and how far it has come. after_id is the last device that was looked at,
-- paid_until keeps the rate, and who holds the lease is who works on it.
create table bulk_revocation (
    id uuid primary key,
    action text not null check (action in ('REVOKE', 'SUSPEND', 'RETIRE')),
    selector jsonb not null,
    per_second integer not null check (per_second > 0),
    reason text not null,
    ordered_by_kind text not null,
    ordered_by text not null,
    ordered_from text not null,
    state text not null default 'RUNNING' check (state in ('RUNNING', 'PAUSED', 'CANCELLED', 'DONE')),
    matched bigint not null,
    done bigint not null default 0,
    after_id uuid not null default '00000000-0000-0000-0000-000000000000',
    paid_until timestamptz not null default now(),
    leased_by uuid,
    leased_until timestamptz,
    created_at timestamptz not null default now(),
    ended_at timestamptz
);
create index on bulk_revocation (created_at);
create index on bulk_revocation (state) where state = 'RUNNING';

-- An enrolled device is found by its client and serial number, whoever else claims that number without a key.
create unique index on device (client_id, serial) where key_thumbprint is not null;

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

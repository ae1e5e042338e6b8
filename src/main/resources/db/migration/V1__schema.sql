-- Row keys are random ids; all instants are timestamptz and come from the database clock.
-- Nothing here can be presented as a token, a code or a key: tokens and codes are sealed by a secret that is not in
-- the clear, keys are encrypted, passwords and client secrets are hashed.

create table client (
    id text primary key,
    name text not null,
    enabled boolean not null default true,
    token_endpoint_auth_method text not null
        check (token_endpoint_auth_method in ('none', 'client_secret_basic', 'client_secret_post')),
    secret_hash text,
    grant_types text not null,
    scope text not null,
    audience text not null,
    access_token_alg text not null,
    access_token_typ text not null check (access_token_typ in ('at+jwt', 'JWT')),
    id_token_alg text not null,
    access_token_seconds bigint not null,
    refresh_idle_seconds bigint not null,
    refresh_absolute_seconds bigint not null,
    retry_window_seconds bigint not null,
    retry_limit integer not null,
    updated_at timestamptz not null default now(),
    check ((token_endpoint_auth_method = 'none') = (secret_hash is null))
);

create table account (
    id uuid primary key,
    name text not null unique,
    password_hash text not null,
    enabled boolean not null default true,
    created_at timestamptz not null default now()
);

create table browser_session (
    id uuid primary key,
    account_id uuid not null references account on delete cascade,
    authenticated_at timestamptz not null,
    expires_at timestamptz not null
);
create index on browser_session (expires_at);

-- What a guesser may still try: one row per account or address and window.
create table guess_budget (
    subject text primary key,
    failures integer not null,
    window_ends_at timestamptz not null
);
create index on guess_budget (window_ends_at);

create table device_authorization (
    id uuid primary key,
    user_code_mac bytea not null unique,
    client_id text not null references client on delete cascade,
    scope text not null,
    device_name text,
    device_serial text,
    device_model text,
    code_challenge text,
    requested_from text not null,
    state text not null default 'PENDING' check (state in ('PENDING', 'APPROVED', 'DENIED', 'CONSUMED')),
    interval_seconds integer not null,
    last_poll_at timestamptz,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    account_id uuid references account on delete cascade,
    authenticated_at timestamptz,
    decided_at timestamptz,
    consumed_at timestamptz,
    device_id uuid,
    refresh_token_id uuid
) with (fillfactor = 70);
create index on device_authorization (expires_at);

create table device (
    id uuid primary key,
    account_id uuid not null references account on delete cascade,
    client_id text not null references client on delete cascade,
    name text,
    serial text,
    model text,
    state text not null default 'ACTIVE' check (state in ('ACTIVE', 'SUSPENDED', 'RETIRED')),
    first_seen_at timestamptz not null default now(),
    first_seen_from text not null
);
-- A device that comes back with its serial number, approved by its owner, is the same device.
create unique index on device (account_id, client_id, serial);

-- One row per granted device for its whole life, updated in place: no column that a refresh changes is indexed, so
-- that every refresh is a heap-only (HOT) update.
create table refresh_token (
    id uuid primary key,
    client_id text not null references client on delete cascade,
    account_id uuid not null references account on delete cascade,
    device_id uuid not null unique references device on delete cascade,
    scope text not null,
    authenticated_at timestamptz not null,
    key_thumbprint text,
    generation integer not null,
    confirmed integer not null,
    retries integer not null,
    issued_at timestamptz not null,
    idle_expires_at timestamptz not null,
    absolute_expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    revocation_reason text
) with (fillfactor = 70);

create table signing_key (
    kid text primary key,
    algorithm text not null check (algorithm in ('ES256', 'RS256', 'EdDSA', 'HMAC')),
    state text not null check (state in ('PENDING', 'ACTIVE', 'RETIRED')),
    mac_version smallint unique check (mac_version between 0 and 255),
    public_jwk text,
    sealed_private bytea not null,
    published_at timestamptz not null default now(),
    activated_at timestamptz,
    retired_at timestamptz,
    retained_until timestamptz,
    check ((algorithm = 'HMAC') = (mac_version is not null)),
    check ((algorithm = 'HMAC') = (public_jwk is null))
);
create unique index on signing_key (algorithm) where state = 'ACTIVE';

-- Replicas listen: whatever changes a registry, by whatever hand, is known everywhere at once.
create function notify_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('jeton', tg_table_name);
    return null;
end $$;
create trigger client_changed after insert or update or delete on client
    for each statement execute function notify_change();
create trigger signing_key_changed after insert or update or delete on signing_key
    for each statement execute function notify_change();

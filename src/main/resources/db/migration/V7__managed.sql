-- Clients and accounts have a source; when it declares them no longer, they are disabled and anybody may take them over.
alter table client
    add column withdrawn_at timestamptz,
    -- A client that signs by its secret needs the former one in the clear as well, while it counts.
    add column former_sealed_secret bytea,
    add constraint client_former_secret_check check ((former_secret_hash is null) = (former_secret_until is null)),
    add constraint client_former_sealed_secret_check
        check (former_sealed_secret is null or former_secret_hash is not null);
alter table account
    add column withdrawn_at timestamptz,
    add column updated_at timestamptz not null default now();

create function touch() returns trigger language plpgsql as $$
begin
    new.updated_at = now();
    return new;
end $$;
create trigger client_touched before update on client
    for each row when (old.* is distinct from new.*) execute function touch();
create trigger account_touched before update on account
    for each row when (old.* is distinct from new.*) execute function touch();

-- Who may not administer any longer takes along what was approved for that: by whatever hand the role goes.
create function administrator_dismissed() returns trigger language plpgsql as $$
begin
    update refresh_token set revoked_at = now(), revocation_reason = 'no administrator'
    where device_id in (select id from device where account_id = new.id) and revoked_at is null
        and string_to_array(scope, ' ') && array['jeton:admin', 'jeton:admin:read'];
    update device_authorization set state = 'DENIED'
    where account_id = new.id and state = 'APPROVED'
        and string_to_array(scope, ' ') && array['jeton:admin', 'jeton:admin:read'];
    return null;
end $$;
create trigger administrator_dismissed after update of roles on account
    for each row when ('admin' = any(string_to_array(old.roles, ' '))
        and not 'admin' = any(string_to_array(new.roles, ' '))) execute function administrator_dismissed();

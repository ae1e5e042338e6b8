-- Clients that authenticate by a certificate, and tokens that are bound to one (RFC 8705).
alter table client
    add column certificate_bound boolean not null default false,
    add column certificate_subject_kind text
        check (certificate_subject_kind in ('SUBJECT_DN', 'SAN_DNS', 'SAN_URI', 'SAN_IP', 'SAN_EMAIL')),
    add column certificate_subject text,
    drop constraint client_token_endpoint_auth_method_check,
    drop constraint client_keys_check;
-- contract: since V2 this is demanded, now of fewer methods: whatever the version before writes fits.
alter table client
    add constraint client_token_endpoint_auth_method_check check (token_endpoint_auth_method in
        ('none', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt',
            'tls_client_auth', 'self_signed_tls_client_auth')),
    add constraint client_keys_check check ((jwks is not null or jwks_uri is not null)
        = (token_endpoint_auth_method in ('private_key_jwt', 'self_signed_tls_client_auth'))),
    -- Not the other way round: the version before gives such a client another method, and leaves the subject where it is.
    add constraint client_subject_check check (certificate_subject is not null
        or token_endpoint_auth_method <> 'tls_client_auth'),
    add constraint client_subject_kind_check
        check ((certificate_subject is null) = (certificate_subject_kind is null));

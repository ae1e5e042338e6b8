-- A signing key may live in a hardware security module: its row then seals no private key but the key's label there.
alter table signing_key
    add column custody text not null default 'DATABASE' check (custody in ('DATABASE', 'HSM')),
    add constraint signing_key_secret_stays_check check (custody = 'DATABASE' or algorithm <> 'HMAC');

-- What a device was issued under a grant that was revoked stays void when it is granted anew, which replaces the grant's row.
alter table refresh_token add column void_before timestamptz;

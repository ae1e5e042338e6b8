-- A public client may come to show a key (RFC 9449 §5) when its refresh token was issued without one. From then on the token is
-- bound to the key; up to this generation there are copies that are not, and one that comes back without it is a theft.
alter table refresh_token add column unbound_generation integer not null default 0;

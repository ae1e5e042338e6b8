-- What somebody did is asked for as often as what was done to something.
create index on audit_event (actor_id, id) where actor_id is not null;

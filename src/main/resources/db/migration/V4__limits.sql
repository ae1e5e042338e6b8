-- A budget that is exhausted again and again is closed for longer each time.
alter table guess_budget
    add column strikes integer not null default 0,
    add column allowed integer not null default 2147483647;

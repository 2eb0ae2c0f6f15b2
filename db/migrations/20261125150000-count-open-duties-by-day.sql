-- module: duties
-- How many duties are open by organ, field and due day, so that the board counts what is late without walking over every open duty.
create table duty_days (
  site_id uuid not null references sites,
  organ_id uuid not null references organs,
  domain text not null,
  -- 'infinity' while the clock stands
  due_on date not null,
  open integer not null,
  primary key (site_id, due_on, organ_id, domain)
);
insert into duty_days (site_id, organ_id, domain, due_on, open)
  select site_id, organ_id, domain, coalesce(due_on, 'infinity'), count(*)
  from duties where met_at is null and waived_at is null group by 1, 2, 3, 4;

-- What is open but begins later is left out of the board.
create index duties_not_begun on duties (site_id, started_at) where met_at is null and waived_at is null;

-- module: duties
-- Notices that make rest days and make-up workdays (R-CAL-03, R-CAL-04), beside those that come with the system; one of the same
-- number takes the place of such a one. Never changed: a wrong one is withdrawn with a reason and recorded anew.
create table holiday_notices (
  id uuid primary key,
  -- null: for everybody; else for this organ and all below it (festivals of a region)
  organ_id uuid references organs,
  number text not null,
  issued_on date not null,
  -- the year whose working days are settled by it; null when it only changes single days
  settles integer constraint holiday_notices_settles_year check (settles between 1990 and 2100),
  -- [{name, rest: [first, last], work: [days]}]
  holidays jsonb not null,
  reason text,
  recorded_by text not null,
  recorded_by_id uuid,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_by_id uuid,
  withdrawn_reason text,
  constraint holiday_notices_withdrawn_whole check ((withdrawn_at is null) = (withdrawn_reason is null)),
  constraint holiday_notices_reasoned check (settles is not null or reason is not null)
);
create unique index holiday_notices_once on holiday_notices (number, coalesce(organ_id, '00000000-0000-0000-0000-000000000000'))
  where withdrawn_at is null;

create function refuse_changing_notice() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.withdrawn_at is not null
     or (to_jsonb(new) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_by_id' - 'withdrawn_reason')
        is distinct from (to_jsonb(old) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_by_id' - 'withdrawn_reason') then
    raise exception 'a holiday notice is never changed, only withdrawn';
  end if;
  return new;
end $$;
create trigger holiday_notices_kept before update or delete on holiday_notices
  for each row execute function refuse_changing_notice();

-- module: organisations
-- Two officers may open the same form: the revision tells the second, `changed_by` and `changed_at` say who and when.
alter table organs
  add column revision integer not null default 1,
  add column changed_by text not null default '',
  add column changed_at timestamptz not null default now();
alter table sites
  add column revision integer not null default 1,
  add column changed_by text not null default '',
  add column changed_at timestamptz not null default now();
alter table organ_profiles
  add column revision integer not null default 1;

alter table organs
  add constraint organs_not_its_own_parent check (parent_id <> id),
  add constraint organs_not_its_own_successor check (successor_id <> id),
  add constraint organs_abolished_after_established check (abolished_on >= established_on);

-- What a dated profile said before an explicit correction, and why it was corrected. Never changed.
create table organ_profile_corrections (
  id uuid primary key,
  organ_id uuid not null references organs,
  valid_from date not null,
  -- null: the day had no row of its own and was added afterwards
  before jsonb,
  reason text not null,
  corrected_by text not null,
  corrected_at timestamptz not null default now()
);
create index organ_profile_corrections_organ on organ_profile_corrections (organ_id, corrected_at);

revoke update, delete on organ_profile_corrections, restructurings from mingtang_app;
revoke delete on organ_profiles from mingtang_app;
create trigger restructurings_append_only before update or delete on restructurings
  for each row execute function refuse_change();
create trigger organ_profile_corrections_append_only before update or delete on organ_profile_corrections
  for each row execute function refuse_change();

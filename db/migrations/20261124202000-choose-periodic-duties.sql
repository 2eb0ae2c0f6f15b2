-- module: duties
-- Which of the duties that come round are owed here; a rule without a row goes by its usual setting.
create table periodic_choices (
  site_id uuid not null references sites,
  rule text not null,
  owed boolean not null,
  changed_by text not null,
  changed_by_id uuid,
  changed_at timestamptz not null,
  primary key (site_id, rule)
);

-- module: duties
-- A duty: somebody must do something by a day, because of an article. “Late” is never stored: it is derived from `due_at`.
create table duties (
  id uuid primary key,
  site_id uuid not null references sites,
  organ_id uuid not null references organs,
  -- the member of staff who is to see to it, or null: the organ
  officer_id uuid,
  -- id of the rule (R-INT-02) and its article in words
  rule text not null,
  article text not null,
  -- what is to be done
  title text not null,
  -- the field of openness under which the board shows it
  domain text not null,
  -- what it is about; once for each rule, subject and period
  subject_kind text not null,
  subject_id text not null,
  subject_label text not null,
  period text not null default '',
  -- the limit: amount and unit, or a fixed day
  amount integer,
  unit text constraint duties_unit_known check (unit in ('working-days', 'days', 'months', 'years', 'hours')),
  fixed_on date,
  -- what happened to the clock (start, restarts, pauses, extension)
  events jsonb not null,
  started_at timestamptz not null,
  -- cache of the arithmetic: the day, and the instant from which it is late; null while the clock stands
  due_on date,
  due_at timestamptz,
  provisional boolean not null default false,
  opened_at timestamptz not null,
  opened_by text not null,
  met_at timestamptz,
  met_by text,
  -- the fact that met it: {kind, id, label}
  met_fact jsonb,
  waived_at timestamptz,
  waived_by text,
  waived_reason text,
  constraint duties_once unique (site_id, rule, subject_kind, subject_id, period),
  constraint duties_limit_whole check ((amount is null) = (unit is null) and (amount is null) <> (fixed_on is null)),
  constraint duties_due_whole check ((due_on is null) = (due_at is null)),
  constraint duties_waived_whole check ((waived_at is null) = (waived_reason is null)),
  constraint duties_ended_once check (met_at is null or waived_at is null)
);
create index duties_open_of_organ on duties (organ_id, due_at) where met_at is null and waived_at is null;
create index duties_open_of_site on duties (site_id, due_at, organ_id, domain) where met_at is null and waived_at is null;
create index duties_subject on duties (subject_kind, subject_id);
create index duties_met_by on duties ((met_fact ->> 'id')) where met_fact is not null;
create index duties_recent on duties (organ_id, opened_at desc);

-- Everything that happened to a duty, for good.
create table duty_acts (
  id uuid primary key,
  duty_id uuid not null references duties,
  act text not null constraint duty_acts_act_known check (act in ('opened', 'moved', 'recalculated', 'met', 'waived', 'reopened', 'urged')),
  reason text,
  due_before date,
  due_after date,
  acted_by text not null,
  acted_by_id uuid,
  acted_at timestamptz not null
);
create index duty_acts_duty on duty_acts (duty_id, acted_at, id);
revoke update, delete on duty_acts from mingtang_app;
create trigger duty_acts_append_only before update or delete on duty_acts for each row execute function refuse_change();

-- How many duties began and ended, counted by organ, field and month of that: the board reads these, not a million rows.
create table duty_counts (
  site_id uuid not null references sites,
  organ_id uuid not null references organs,
  domain text not null,
  month text not null,
  opened integer not null default 0,
  met_in_time integer not null default 0,
  met_late integer not null default 0,
  waived integer not null default 0,
  primary key (site_id, organ_id, domain, month)
);

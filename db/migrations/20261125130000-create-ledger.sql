-- module: ledger
-- A plan (工作要点, 任务分解表): the document that lays down tasks, read, confirmed by a person, then kept as a ledger.
-- Its state is derived: under review until `in_force_at`, in force until `closed_at`; `discarded_at` ends a review.
create table ledger_plans (
  id uuid primary key,
  -- short random id in its public address
  public_id text not null constraint ledger_plans_public_id_unique unique,
  site_id uuid not null references sites,
  -- who keeps the ledger: checks, urges, closes
  organ_id uuid not null references organs,
  -- name of a ledger kind: openness work plan, government work report, audit findings …
  kind text not null,
  title text not null,
  issuer text not null default '',
  doc_no text,
  signed_on date,
  year integer not null constraint ledger_plans_year_range check (year between 1980 and 2100),
  -- the normalised text of the document; offsets of its tasks point into it
  text text not null,
  -- the same document comes in once
  text_sha256 text not null constraint ledger_plans_text_sha256_form check (text_sha256 ~ '^[0-9a-f]{64}$'),
  -- {name, size, sha256, key} of the document as it was handed in; null: pasted, or taken from the library
  file jsonb,
  -- the publication of the library that it is
  publication_id uuid references publications,
  -- the publication by which the public follows it
  published_as uuid references publications,
  -- last year's plan, for comparison
  previous_id uuid references ledger_plans,
  -- by when organs file their own plans, and by when the report on the plan is due
  own_plans_due_on date,
  report_due_on date,
  -- all that the reader proposed, as it was read; never changed
  reading jsonb not null default '{}',
  revision integer not null default 1,
  created_by text not null,
  created_by_id uuid,
  created_at timestamptz not null,
  in_force_at timestamptz,
  in_force_by text,
  closed_at timestamptz,
  closed_by text,
  closed_reason text,
  discarded_at timestamptz,
  discarded_by text,
  discarded_reason text,
  constraint ledger_plans_not_its_own_predecessor check (previous_id <> id),
  constraint ledger_plans_in_force_whole check ((in_force_at is null) = (in_force_by is null)),
  constraint ledger_plans_closed_whole check ((closed_at is null) = (closed_reason is null) and (closed_at is null) = (closed_by is null)),
  constraint ledger_plans_closed_after_in_force check (closed_at is null or in_force_at is not null),
  constraint ledger_plans_discarded_whole check ((discarded_at is null) = (discarded_reason is null)),
  constraint ledger_plans_discarded_in_review check (discarded_at is null or in_force_at is null)
);
create unique index ledger_plans_text_once on ledger_plans (site_id, text_sha256) where discarded_at is null;
create index ledger_plans_list on ledger_plans (site_id, year desc, created_at desc);
create index ledger_plans_publication on ledger_plans (publication_id) where publication_id is not null;

-- A task: the smallest part of a plan that somebody has to do. Its state is derived from the facts below and from its plan.
create table ledger_tasks (
  id uuid primary key,
  public_id text not null constraint ledger_tasks_public_id_unique unique,
  plan_id uuid not null references ledger_plans,
  -- order within the plan
  position integer not null,
  -- number as printed; empty: none
  no text not null default '',
  -- chapter path, the outermost first
  heading text[] not null default '{}',
  title text not null default '',
  text text not null,
  -- 工作要求, where the document states it apart
  requirement text not null default '',
  -- units exactly as printed; whom they mean stands in ledger_names, who owes it on a day in ledger_task_units
  lead text[] not null default '{}',
  responsible text[] not null default '{}',
  supporting text[] not null default '{}',
  -- deadlines as printed: [{text, date, every}]
  due jsonb not null default '[]',
  -- 完成情况, where the document prints it
  progress text not null default '',
  -- who sees to it (O2); shown on the desk only
  person text not null default '',
  -- what the kind of ledger says beyond these
  fields jsonb not null default '{}',
  -- where it stands in the text of the plan; null: added by hand without a place
  source_start integer,
  source_end integer,
  -- how sure the reader was of each field, and why: {field: {sure, why}}
  confidence jsonb not null default '{}',
  origin text not null constraint ledger_tasks_origin_known check (origin in ('read', 'added', 'split', 'sheet')),
  -- the task of last year's plan that it goes on with
  previous_id uuid references ledger_tasks,
  revision integer not null default 1,
  changed_by text not null,
  changed_at timestamptz not null,
  confirmed_at timestamptz,
  confirmed_by text,
  -- before confirmation: not taken into the ledger; afterwards: cancelled
  dropped_at timestamptz,
  dropped_by text,
  dropped_reason text,
  -- a progress report waits for the office since; the last one was given back; the office found it done
  reported_at timestamptz,
  returned_at timestamptz,
  done_at timestamptz,
  done_by text,
  constraint ledger_tasks_source_whole check ((source_start is null) = (source_end is null) and source_start <= source_end),
  constraint ledger_tasks_confirmed_whole check ((confirmed_at is null) = (confirmed_by is null)),
  constraint ledger_tasks_dropped_whole check ((dropped_at is null) = (dropped_reason is null)),
  constraint ledger_tasks_done_whole check ((done_at is null) = (done_by is null)),
  constraint ledger_tasks_done_confirmed check (done_at is null or confirmed_at is not null)
);
create index ledger_tasks_order on ledger_tasks (plan_id, position);

-- Whom a printed name means in a plan, decided by a person: organs, or somebody outside this government.
create table ledger_names (
  plan_id uuid not null references ledger_plans,
  printed text not null,
  means text not null constraint ledger_names_means_known check (means in ('organs', 'outside')),
  organ_ids uuid[] not null default '{}',
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (plan_id, printed),
  constraint ledger_names_organs_named check ((means = 'organs') = (cardinality(organ_ids) > 0))
);

-- Who owes a task from a day to a day: written when the plan comes into force, ended and written anew by a restructuring.
create table ledger_task_units (
  id uuid primary key,
  task_id uuid not null references ledger_tasks,
  role text not null constraint ledger_task_units_role_known check (role in ('lead', 'responsible', 'supporting')),
  position integer not null,
  printed text not null,
  -- null: outside this government
  organ_id uuid references organs,
  -- both days included; null: still
  from_on date not null,
  until_on date,
  -- why it was given to this unit, or taken from it, after the plan came into force
  reason text,
  constraint ledger_task_units_in_order check (until_on >= from_on - 1)
);
create index ledger_task_units_task on ledger_task_units (task_id, position);
create index ledger_task_units_organ on ledger_task_units (organ_id, task_id) where until_on is null;

-- The deadlines of a task in force: a day, or a cadence. Its duties have the period `due-{position} …`.
create table ledger_dues (
  id uuid primary key,
  task_id uuid not null references ledger_tasks,
  position integer not null,
  text text not null,
  -- the day that counts now; earlier ones stand in the acts
  due_on date,
  every text constraint ledger_dues_every_known check (every in ('month', 'quarter', 'half-year', 'year')),
  -- no longer counts
  ended_on date,
  constraint ledger_dues_once unique (task_id, position),
  constraint ledger_dues_one_way check (due_on is null or every is null)
);
create index ledger_dues_day on ledger_dues (due_on, task_id) where due_on is not null and ended_on is null;

-- Measures (措施) and milestones (节点) by which a task is carried out; one with a day opens a duty (`step-{position} …`).
create table ledger_steps (
  id uuid primary key,
  task_id uuid not null references ledger_tasks,
  position integer not null,
  kind text not null constraint ledger_steps_kind_known check (kind in ('measure', 'milestone')),
  -- whose step it is; null: of all who owe the task
  organ_id uuid references organs,
  text text not null,
  due_on date,
  done_at timestamptz,
  done_by text,
  dropped_at timestamptz,
  dropped_reason text,
  constraint ledger_steps_once unique (task_id, position),
  constraint ledger_steps_done_whole check ((done_at is null) = (done_by is null)),
  constraint ledger_steps_dropped_whole check ((dropped_at is null) = (dropped_reason is null))
);

-- 方案备案: the own plan that an organ has filed for a plan.
create table ledger_filings (
  id uuid primary key,
  plan_id uuid not null references ledger_plans,
  organ_id uuid not null references organs,
  title text not null,
  note text not null default '',
  -- {name, size, sha256, key}
  file jsonb,
  publication_id uuid references publications,
  filed_by text not null,
  filed_by_id uuid,
  filed_at timestamptz not null
);
create index ledger_filings_plan on ledger_filings (plan_id, organ_id, filed_at);

-- Everything that happened to a plan and its tasks, for good. `before` and `after` hold what an undo puts back.
create table ledger_acts (
  id uuid primary key,
  plan_id uuid not null references ledger_plans,
  -- no reference: an undo takes back a task that a split had made
  task_id uuid,
  act text not null constraint ledger_acts_act_form check (act ~ '^[a-z-]+$'),
  -- in whose name
  organ_id uuid references organs,
  -- what was said: the reason, the opinion
  reason text,
  before jsonb,
  after jsonb,
  -- the act that this one took back
  undoes uuid references ledger_acts,
  acted_by text not null,
  acted_by_id uuid,
  acted_at timestamptz not null,
  constraint ledger_acts_undone_once unique (undoes)
);
create index ledger_acts_plan on ledger_acts (plan_id, acted_at, id);
create index ledger_acts_task on ledger_acts (task_id, acted_at, id) where task_id is not null;
revoke update, delete on ledger_acts from mingtang_app;
create trigger ledger_acts_append_only before update or delete on ledger_acts
  for each row execute function refuse_change();

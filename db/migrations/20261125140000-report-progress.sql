-- module: ledger
-- A progress report of an organ on one of its tasks, as it was handed in; never changed. What became of it stands in its acts:
-- one that was given back is followed by another of the next number.
create table ledger_reports (
  id uuid primary key,
  task_id uuid not null references ledger_tasks,
  -- in whose name
  organ_id uuid not null references organs,
  -- of a task that comes round: `2026`, `2026-H2`, `2026-Q4`, `2026-11`; empty: the task as a whole
  period text not null default '',
  number integer not null,
  state text not null constraint ledger_reports_state_known check (state in ('running', 'partly', 'done', 'cannot')),
  share integer constraint ledger_reports_share_range check (share between 0 and 100),
  stage text not null default '',
  words text not null,
  -- why it cannot be done, or only in part
  reason text not null default '',
  -- the organ wants its head to look at it before it goes to the office
  needs_head boolean not null,
  reported_by text not null,
  reported_by_id uuid,
  reported_at timestamptz not null,
  constraint ledger_reports_number_once unique (task_id, organ_id, number),
  constraint ledger_reports_reason_given check (state not in ('partly', 'cannot') or reason <> '')
);
create index ledger_reports_newest on ledger_reports (task_id, reported_at desc);
create index ledger_reports_of_organ on ledger_reports (organ_id, reported_at desc);
revoke update, delete on ledger_reports from mingtang_app;
create trigger ledger_reports_append_only before update or delete on ledger_reports
  for each row execute function refuse_change();

-- What shows it: publications of the library, and files that were handed in with it.
create table ledger_evidence (
  report_id uuid not null references ledger_reports,
  position integer not null,
  publication_id uuid references publications,
  -- {name, size, sha256, key}
  file jsonb,
  primary key (report_id, position),
  constraint ledger_evidence_one_thing check ((publication_id is null) <> (file is null))
);
create index ledger_evidence_publication on ledger_evidence (publication_id) where publication_id is not null;
revoke update, delete on ledger_evidence from mingtang_app;
create trigger ledger_evidence_append_only before update or delete on ledger_evidence
  for each row execute function refuse_change();

create table ledger_report_acts (
  id uuid primary key,
  report_id uuid not null references ledger_reports,
  act text not null constraint ledger_report_acts_act_known
    check (act in ('approved', 'sent-back', 'withdrawn', 'accepted', 'returned', 'asked')),
  words text not null default '',
  acted_by text not null,
  acted_by_id uuid,
  acted_at timestamptz not null
);
-- Two at once: a report ends once, and its head approves it once
create unique index ledger_report_acts_end_once on ledger_report_acts (report_id) where act <> 'approved';
create unique index ledger_report_acts_approved_once on ledger_report_acts (report_id) where act = 'approved';
revoke update, delete on ledger_report_acts from mingtang_app;
create trigger ledger_report_acts_append_only before update or delete on ledger_report_acts
  for each row execute function refuse_change();

-- What an organ is still writing about a task; gone when it is handed in.
create table ledger_report_drafts (
  task_id uuid not null references ledger_tasks,
  organ_id uuid not null references organs,
  -- {period, state, share, stage, words, reason, publications: [id], files: [{name, size, sha256, key}]}
  content jsonb not null,
  revision integer not null default 1,
  saved_by text not null,
  saved_by_id uuid,
  saved_at timestamptz not null,
  primary key (task_id, organ_id)
);

-- Organs that want their head to look at reports before they go to the office.
create table ledger_head_checks (
  organ_id uuid primary key references organs,
  wanted boolean not null,
  changed_by text not null,
  changed_at timestamptz not null
);

-- 催办: a letter about one task or many, to the units that owe them.
create table ledger_urges (
  id uuid primary key,
  plan_id uuid not null references ledger_plans,
  letter text not null,
  urged_by text not null,
  urged_by_id uuid,
  urged_at timestamptz not null
);
create index ledger_urges_plan on ledger_urges (plan_id, urged_at desc);
create table ledger_urged (
  urge_id uuid not null references ledger_urges,
  task_id uuid not null references ledger_tasks,
  organ_id uuid not null references organs,
  primary key (urge_id, task_id, organ_id)
);
create index ledger_urged_task on ledger_urged (task_id);
revoke update, delete on ledger_urges from mingtang_app;
revoke update, delete on ledger_urged from mingtang_app;
create trigger ledger_urges_append_only before update or delete on ledger_urges for each row execute function refuse_change();
create trigger ledger_urged_append_only before update or delete on ledger_urged for each row execute function refuse_change();

-- 延期: asked by a unit for one deadline of a task, decided once by the office.
create table ledger_extensions (
  id uuid primary key,
  task_id uuid not null references ledger_tasks,
  organ_id uuid not null references organs,
  -- position of the deadline in ledger_dues, the day it has and the day that is asked for
  due_position integer not null,
  due_before date not null,
  asked_for date not null,
  reason text not null,
  asked_by text not null,
  asked_by_id uuid,
  asked_at timestamptz not null,
  decision text constraint ledger_extensions_decision_known check (decision in ('granted', 'refused')),
  decided_words text,
  decided_by text,
  decided_by_id uuid,
  decided_at timestamptz,
  constraint ledger_extensions_later check (asked_for > due_before),
  constraint ledger_extensions_decided_whole check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null))
);
-- One question at a time
create unique index ledger_extensions_open_once on ledger_extensions (task_id, due_position) where decision is null;
create index ledger_extensions_task on ledger_extensions (task_id, asked_at);

-- The report of an organ on the whole plan by the day the plan names (方案制定和推进情况报告).
create table ledger_plan_reports (
  id uuid primary key,
  plan_id uuid not null references ledger_plans,
  organ_id uuid not null references organs,
  words text not null,
  file jsonb,
  reported_by text not null,
  reported_by_id uuid,
  reported_at timestamptz not null
);
create index ledger_plan_reports_plan on ledger_plan_reports (plan_id, organ_id, reported_at);
revoke update, delete on ledger_plan_reports from mingtang_app;
create trigger ledger_plan_reports_append_only before update or delete on ledger_plan_reports
  for each row execute function refuse_change();

-- module: ledger
-- What a person decided of a task and one of an earlier plan: the same task going on, or not. No row: nobody has decided yet.
create table ledger_matches (
  task_id uuid not null references ledger_tasks on delete cascade,
  -- of an earlier plan in force or closed, whose tasks are never deleted
  previous_id uuid not null references ledger_tasks,
  verdict text not null constraint ledger_matches_verdict_known check (verdict in ('same', 'different')),
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (task_id, previous_id),
  constraint ledger_matches_two_tasks check (task_id <> previous_id)
);
-- A task goes on with one; one may be gone on with by several, where a plan parts it
create unique index ledger_matches_same_once on ledger_matches (task_id) where verdict = 'same';
create index ledger_matches_previous on ledger_matches (previous_id);
-- Stood here since the beginning and was never written: the table above says it
alter table ledger_tasks drop column previous_id;

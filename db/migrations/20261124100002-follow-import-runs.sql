-- module: policies
-- How far a run is, so that it can be followed on the desk and gone on with after a stop.
alter table import_runs add column state text not null default 'finished'
  constraint import_runs_state_known check (state in ('waiting', 'running', 'finished', 'stopped'));
alter table import_runs alter column state set default 'waiting';
update import_runs set state = 'stopped' where finished_at is null;
-- what was chosen when it began: organ, column, kind, address of the old site
alter table import_runs add column choice jsonb not null default '{}';
-- files found and files done with; null before they were counted
alter table import_runs add column total integer;
alter table import_runs add column done integer not null default 0;
alter table import_runs add column heartbeat_at timestamptz;
-- who goes on with it: a process that was given up for dead writes nothing more
alter table import_runs add column claim uuid;
create index import_results_file on import_results (run_id, file);
-- pages of an old site that are no documents: lists, home pages
alter table import_results drop constraint import_results_result_known;
alter table import_results add constraint import_results_result_known
  check (result in ('draft', 'published', 'unchanged', 'refused', 'skipped'));

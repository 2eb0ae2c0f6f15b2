-- module: policies
-- One run of the import: who brought what, when. A run without `finished_at` was interrupted; the same command again goes on.
create table import_runs (
  id uuid primary key,
  site_id uuid not null references sites,
  -- published as archive at once, or kept as drafts
  publishes boolean not null,
  paths text[] not null,
  started_by text not null,
  started_by_id uuid,
  started_at timestamptz not null,
  finished_at timestamptz
);
create index import_runs_newest on import_runs (started_at desc);

-- What became of every file of a run, as it was reported, so that the report can be printed again. Never changed.
create table import_results (
  run_id uuid not null references import_runs,
  position integer not null,
  file text not null,
  result text not null constraint import_results_result_known check (result in ('draft', 'published', 'unchanged', 'refused')),
  publication_id uuid references publications,
  report jsonb not null,
  recorded_at timestamptz not null,
  primary key (run_id, position)
);
create index import_results_publication on import_results (publication_id) where publication_id is not null;
revoke update, delete on import_results from mingtang_app;
create trigger import_results_append_only before update or delete on import_results
  for each row execute function refuse_change();

-- What an import could not tell for certain; open until a person has compared it with the original.
create table import_doubts (
  id uuid primary key,
  publication_id uuid not null references publications,
  field text not null,
  why text not null,
  position integer not null,
  settled_at timestamptz,
  settled_by text,
  settled_by_id uuid,
  constraint import_doubts_settled_whole check ((settled_at is null) = (settled_by is null))
);
create index import_doubts_publication on import_doubts (publication_id, position);
create index import_doubts_open on import_doubts (publication_id) where settled_at is null;

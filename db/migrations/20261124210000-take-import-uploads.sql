-- module: policies
-- Files that somebody brings to the desk for an import: previewed first, then imported by a run. The bytes lie in the file
-- storage; they are removed some days after the run, or when nothing came of it.
create table import_uploads (
  id uuid primary key,
  site_id uuid not null references sites,
  -- as for import_runs
  choice jsonb not null default '{}',
  -- [{name, key, size}]
  files jsonb not null,
  uploaded_by text not null,
  uploaded_by_id uuid,
  uploaded_at timestamptz not null,
  state text not null constraint import_uploads_state_known check (state in ('waiting', 'previewing', 'previewed', 'stopped')),
  total integer,
  done integer not null default 0,
  heartbeat_at timestamptz,
  -- what the preview found: {counts, lines, faults}
  preview jsonb,
  fault text,
  run_id uuid references import_runs,
  removed_at timestamptz
);
create index import_uploads_newest on import_uploads (uploaded_at desc);
create index import_uploads_run on import_uploads (run_id) where run_id is not null;

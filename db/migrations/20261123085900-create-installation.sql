-- What this installation is: 'sample', 'government' (after init) or 'empty' (the sample was removed).
create table installation (
  one_row boolean primary key default true constraint installation_one_row check (one_row),
  founded_as text not null constraint installation_founded_as_known check (founded_as in ('sample', 'government', 'empty')),
  founded_at timestamptz not null default now()
);

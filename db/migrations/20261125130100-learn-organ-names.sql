-- module: organisations
-- What else an organ is called in documents: learned from a person's decision, with where it came from; taken back with a reason.
create table organ_aliases (
  id uuid primary key,
  organ_id uuid not null references organs,
  alias text not null constraint organ_aliases_alias_form check (alias <> '' and alias !~ '\s'),
  -- where the name was met
  learned_from text not null,
  added_by text not null,
  added_by_id uuid,
  added_at timestamptz not null,
  removed_at timestamptz,
  removed_by text,
  removed_reason text,
  constraint organ_aliases_removed_whole check ((removed_at is null) = (removed_reason is null) and (removed_at is null) = (removed_by is null))
);
create unique index organ_aliases_once on organ_aliases (organ_id, alias) where removed_at is null;

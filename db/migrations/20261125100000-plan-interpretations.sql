-- module: interpretation
-- Who interprets a policy, in which forms, when and where, and who approved it (R-INT-01, R-INT-03). One plan a policy, drafts
-- included; whether material is ready or public is derived, never stored.
create table interpretation_plans (
  id uuid primary key,
  publication_id uuid not null references publications constraint interpretation_plans_one_each unique,
  site_id uuid not null references sites,
  organ_id uuid not null references organs,
  -- who drafts interprets: the organ or section that writes
  drafted_by text not null,
  -- 姓名 职务, one each
  interpreters text[] not null default '{}',
  -- the head of the organ speaks in person (I3)
  leader_speaks boolean not null default false,
  forms text[] not null,
  channels text[] not null,
  public_on date,
  note text not null default '',
  approved_by text,
  approved_by_id uuid,
  approved_at timestamptz,
  revision integer not null default 1,
  changed_by text not null,
  changed_by_id uuid,
  changed_at timestamptz not null,
  constraint interpretation_plans_approval_whole check ((approved_by is null) = (approved_at is null))
);
create index interpretation_plans_organ on interpretation_plans (organ_id);

-- Interpretations that were begun out of a plan; others are found by their links.
create table interpretation_plan_materials (
  plan_id uuid not null references interpretation_plans on delete cascade,
  publication_id uuid not null references publications,
  primary key (plan_id, publication_id)
);

-- module: organisations
-- Organs: the tree of government, departments, townships and public-service enterprises (A1).
create table organs (
  id uuid primary key,
  key text not null constraint organs_key_unique unique constraint organs_key_form check (key ~ '^[a-z][a-z0-9-]{1,39}$'),
  parent_id uuid references organs,
  name text not null,
  short_name text not null,
  type text not null constraint organs_type_known check (type in
    ('government', 'office', 'department', 'development-zone', 'township', 'public-service-enterprise', 'village')),
  level text not null constraint organs_level_known check (level in ('province', 'city', 'county', 'township', 'village')),
  uscc text,
  doc_codes text[] not null default '{}',
  sort_order integer not null default 0,
  established_on date,
  abolished_on date,
  successor_id uuid references organs,
  created_at timestamptz not null default now()
);
create index organs_parent on organs (parent_id, sort_order);

-- What an organ says of itself (A2). A change is a new row with the day it began: history is kept.
create table organ_profiles (
  id uuid primary key,
  organ_id uuid not null references organs,
  valid_from date not null,
  functions text[] not null default '{}',
  leaders jsonb not null default '[]',
  sections jsonb not null default '[]',
  address text not null default '',
  office_hours text not null default '',
  phone text not null default '',
  fax text not null default '',
  email text not null default '',
  postcode text not null default '',
  openness_office jsonb not null default '{}',
  changed_by text not null,
  changed_at timestamptz not null default now(),
  constraint organ_profiles_one_a_day unique (organ_id, valid_from)
);

-- A restructuring is a dated fact; duties, catalogue and history pass to the successor (A2).
create table restructurings (
  id uuid primary key,
  organ_id uuid not null references organs,
  kind text not null constraint restructurings_kind_known check (kind in ('renamed', 'merged', 'abolished')),
  successor_id uuid references organs,
  former_name text not null,
  happened_on date not null,
  reason text not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now()
);
create index restructurings_organ on restructurings (organ_id, happened_on);

create table sites (
  id uuid primary key,
  key text not null constraint sites_key_unique unique constraint sites_key_form check (key ~ '^[a-z][a-z0-9-]{1,39}$'),
  organ_id uuid not null references organs,
  name text not null,
  short_name text not null,
  tagline text not null default '',
  domain text not null,
  -- Host names under which the site answers without /s/{key}.
  hosts text[] not null default '{}',
  is_default boolean not null default false,
  -- S-ID-01
  site_code text not null constraint sites_site_code_form check (site_code ~ '^(bm\d{8}|\d{10})$'),
  -- What the footer must say (S-ID-02): host, contact, filings, badges issued for the unit.
  footer jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create unique index sites_one_default on sites (is_default) where is_default;

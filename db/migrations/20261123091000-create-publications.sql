-- module: publications
-- Columns (栏目) are data: page tags, navigation and freshness come from them (S-META-01, S-UPD).
create table columns (
  id uuid primary key,
  site_id uuid not null references sites,
  path text not null constraint columns_path_form check (path ~ '^[a-z0-9-]+(/[a-z0-9-]+)*$'),
  name text not null,
  description text not null,
  keywords text not null,
  type text not null,
  update_limit_days integer constraint columns_update_limit_positive check (update_limit_days > 0),
  sort_order integer not null default 0,
  created_at timestamptz not null default now(),
  constraint columns_path_unique unique (site_id, path)
);

-- Why something may be public: a recorded review, an archive import, or the sample (R-EXC-09). Never changed.
create table clearances (
  id uuid primary key,
  kind text not null constraint clearances_kind_known check (kind in ('review', 'archive-import', 'sample')),
  openness text not null default 'proactive' constraint clearances_openness_known check (openness in ('proactive', 'on-request', 'withheld')),
  -- review: the secrecy opinion; import: run and source; sample: its name
  opinion text not null,
  given_by text not null,
  given_by_id uuid,
  given_at timestamptz not null
);

-- A publication is an address; what it says are its editions.
create table publications (
  id uuid primary key,
  site_id uuid not null references sites,
  organ_id uuid not null references organs,
  kind text not null,
  -- short random id in addresses
  public_id text not null constraint publications_public_id_unique unique,
  index_no text constraint publications_index_no_unique unique,
  -- the number an imported item carried elsewhere (S-IDX-02)
  former_index_no text,
  -- archive items sort by the day their source published them (and meet no duty, are not “newest”)
  archive boolean not null default false,
  source_published_on date,
  source_url text,
  -- fingerprint of the imported file: importing again changes nothing
  import_key text,
  -- made by the browser when the form was opened, so that a double click makes one publication
  form_key uuid constraint publications_form_key_unique unique,
  first_public_at timestamptz,
  sort_at timestamptz,
  left_how text constraint publications_left_how_known check (left_how in ('withdrawn', 'redirected', 'gone', 'superseded', 'expired')),
  left_at timestamptz,
  left_reason text,
  left_to uuid references publications,
  created_by text not null,
  created_at timestamptz not null default now()
);
create unique index publications_import_key on publications (site_id, import_key) where import_key is not null;
create index publications_site_kind on publications (site_id, kind, sort_at desc, id desc);
create index publications_organ on publications (organ_id, sort_at desc);

-- The text. `sealed_at` null: a draft that may change (guarded by `revision`). Sealed: never changes again but for
-- `public_until`, which closes when the next edition opens or the publication leaves.
create table editions (
  id uuid primary key,
  publication_id uuid not null references publications,
  site_id uuid not null references sites,
  number integer not null,
  title text not null,
  summary text not null default '',
  keywords text not null default '',
  source text not null default '',
  author text not null default '',
  theme text,
  genre text,
  doc_no text,
  issuers text[] not null default '{}',
  signed_on date,
  effective_from date,
  valid_until date,
  fields jsonb not null default '{}',
  body_html text not null default '',
  -- columns it is to be shown in, the first being the main one; they become placements when it is published
  column_ids uuid[] not null default '{}',
  -- the last day on which it is to be shown (a publicity notice), or null
  shown_until date,
  -- why this edition replaces the one before
  change_note text,
  revision integer not null default 1,
  edited_by text not null,
  edited_by_id uuid,
  edited_at timestamptz not null,
  submitted_at timestamptz,
  clearance_id uuid references clearances,
  sealed_at timestamptz,
  digest text,
  -- the interval in which this edition is what the public sees: the one visibility gate reads these two
  public_from timestamptz,
  public_until timestamptz,
  constraint editions_number_unique unique (publication_id, number),
  constraint editions_sealed_whole check (
    (sealed_at is null and public_from is null and digest is null)
    or (sealed_at is not null and public_from is not null and digest is not null and clearance_id is not null)),
  constraint editions_interval check (public_until is null or public_until >= public_from)
);
create index editions_public on editions (publication_id, public_from desc);
create unique index editions_one_draft on editions (publication_id) where sealed_at is null;
create index editions_opening on editions (public_from) where public_from is not null;
create index editions_closing on editions (public_until) where public_until is not null;
create index editions_doc_no on editions (doc_no) where doc_no is not null;
create index editions_drafts on editions (edited_at desc) where sealed_at is null;

create function refuse_changing_sealed_edition() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.sealed_at is not null then raise exception 'a sealed edition is never deleted'; end if;
    return old;
  end if;
  if old.sealed_at is not null
     and (to_jsonb(new) - 'public_until') is distinct from (to_jsonb(old) - 'public_until') then
    raise exception 'a sealed edition is never changed';
  end if;
  return new;
end $$;
create trigger editions_immutable before update or delete on editions
  for each row execute function refuse_changing_sealed_edition();

-- Where a publication is shown: its own site's columns and other sites' (W3).
create table placements (
  site_id uuid not null references sites,
  column_id uuid not null references columns,
  publication_id uuid not null references publications,
  main boolean not null default false,
  sort_at timestamptz,
  primary key (column_id, publication_id)
);
create index placements_newest on placements (column_id, sort_at desc, publication_id desc);
create index placements_publication on placements (publication_id);

-- Works: what links and effects point to; the publication is known sooner or later.
create table works (
  id uuid primary key,
  title text not null,
  doc_no text,
  issuer text,
  publication_id uuid references publications,
  created_at timestamptz not null default now()
);
create unique index works_publication on works (publication_id) where publication_id is not null;
create index works_doc_no on works (doc_no) where doc_no is not null;

-- Typed links of an edition; draft editions have theirs already.
create table links (
  edition_id uuid not null references editions on delete cascade,
  type text not null constraint links_type_known check (type in ('interprets', 'cites', 'replaces', 'answers', 'reports-on', 'see-also')),
  work_id uuid not null references works,
  primary key (edition_id, type, work_id)
);
create index links_work on links (work_id, type);

-- Dated effects on other works, from which validity on any day follows (R-NOR).
create table effects (
  edition_id uuid not null references editions on delete cascade,
  type text not null constraint effects_type_known check (type in ('repeals', 'amends', 'partly-repeals')),
  work_id uuid not null references works,
  effective_from date not null,
  primary key (edition_id, type, work_id)
);
create index effects_work on effects (work_id, effective_from);

-- Every publishing act, for good. `meets`: the duties or catalogue items the act is said to meet.
create table publishing_acts (
  id uuid primary key,
  site_id uuid not null references sites,
  publication_id uuid not null references publications,
  edition_id uuid references editions,
  act text not null constraint publishing_acts_act_known check (act in
    ('published', 'scheduled', 'corrected', 'withdrawn', 'redirected', 'gone', 'superseded', 'expired', 'unscheduled')),
  reason text,
  clearance_id uuid references clearances,
  meets text[] not null default '{}',
  actor text not null,
  actor_id uuid,
  acted_at timestamptz not null,
  public_at timestamptz not null
);
create index publishing_acts_publication on publishing_acts (publication_id, acted_at);
create index publishing_acts_newest on publishing_acts (site_id, acted_at desc);

-- Serial of index numbers by organ and month (R-CATG-04): allocated once, never reused.
create table index_serials (
  organ_id uuid not null references organs,
  month text not null,
  last integer not null,
  primary key (organ_id, month)
);

-- Old addresses that answer 301 (S-DOM-04).
create table moved_addresses (
  site_id uuid not null references sites,
  path text not null,
  publication_id uuid not null references publications,
  primary key (site_id, path)
);

revoke update, delete on clearances, publishing_acts from mingtang_app;
revoke delete on publications, index_serials, organs, sites from mingtang_app;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger clearances_append_only before update or delete on clearances for each row execute function refuse_change();
create trigger publishing_acts_append_only before update or delete on publishing_acts for each row execute function refuse_change();

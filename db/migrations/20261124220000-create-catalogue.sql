-- module: catalogue
-- 主动公开基本目录: what a government must publish, by when, by whom. One catalogue for each site.
create table catalogue_items (
  id uuid primary key,
  site_id uuid not null references sites,
  -- stands in its address; items of the standard catalogue keep their key everywhere
  key text not null constraint catalogue_items_key_form check (key ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,39}$'),
  -- whether it comes from the standard catalogue or was made here
  origin text not null constraint catalogue_items_origin_known check (origin in ('standard', 'local')),
  -- why it differs from the standard here, or why it was added; null: as the standard says
  deviation text,
  content jsonb not null,
  position integer not null,
  revision integer not null default 1,
  retired_at timestamptz,
  retired_reason text,
  changed_by text not null,
  changed_at timestamptz not null,
  constraint catalogue_items_key_unique unique (site_id, key),
  constraint catalogue_items_retired_whole check ((retired_at is null) = (retired_reason is null))
);
create index catalogue_items_order on catalogue_items (site_id, position, key);

-- Every version of every item, for good: what the catalogue said on any day.
create table catalogue_item_versions (
  item_id uuid not null references catalogue_items,
  revision integer not null,
  act text not null constraint catalogue_item_versions_act_known check (act in ('taken', 'added', 'changed', 'imported', 'retired', 'restored')),
  content jsonb not null,
  reason text,
  changed_by text not null,
  changed_by_id uuid,
  changed_at timestamptz not null,
  primary key (item_id, revision)
);
revoke update, delete on catalogue_item_versions from mingtang_app;
create trigger catalogue_item_versions_append_only before update or delete on catalogue_item_versions
  for each row execute function refuse_change();

-- What is published under an item.
create table catalogue_publications (
  item_id uuid not null references catalogue_items,
  publication_id uuid not null references publications,
  -- when the text opened that has met a duty of the item last; null: none yet
  settled_at timestamptz,
  linked_by text not null,
  linked_at timestamptz not null,
  primary key (item_id, publication_id)
);
create index catalogue_publications_publication on catalogue_publications (publication_id);

-- What happened that begins the limit of an item: approved, decided, formed.
create table catalogue_events (
  id uuid primary key,
  item_id uuid not null references catalogue_items,
  organ_id uuid not null references organs,
  happened_on date not null,
  label text not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  constraint catalogue_events_once unique (item_id, organ_id, happened_on, label)
);

-- How many working days 及时 and 实时 are here; a site without a row goes by the usual ones.
create table catalogue_settings (
  site_id uuid primary key references sites,
  promptly integer not null constraint catalogue_settings_promptly_range check (promptly between 1 and 20),
  at_once integer not null constraint catalogue_settings_at_once_range check (at_once between 1 and 20),
  changed_by text not null,
  changed_at timestamptz not null
);

-- 负面清单: kinds of information that are not published, and why.
create table catalogue_withheld (
  id uuid primary key,
  site_id uuid not null references sites,
  title text not null,
  -- the article of the law (R-EXC-02 … 08)
  ground text not null,
  -- why it is so, in words for everybody
  why text not null,
  body text not null,
  -- looked at again by then (R-EXC-12)
  review_on date not null,
  ended_at timestamptz,
  ended_reason text,
  changed_by text not null,
  changed_at timestamptz not null,
  constraint catalogue_withheld_ended_whole check ((ended_at is null) = (ended_reason is null))
);
create index catalogue_withheld_site on catalogue_withheld (site_id, ended_at);

-- module: site-health
-- What was found wrong in public texts (links, words). Findings on columns are not stored: they follow from the columns on any day.
create table site_findings (
  id uuid primary key,
  site_id uuid not null references sites,
  rule text not null,
  severity text not null constraint site_findings_severity_known check (severity in ('block', 'warn')),
  publication_id uuid not null references publications,
  organ_id uuid not null references organs,
  title text not null,
  address text not null,
  -- the address that does not answer, or the wrong word
  subject text not null,
  -- what was seen, in words
  evidence text not null,
  remedy text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  resolved_at timestamptz,
  constraint site_findings_seen_in_order check (first_seen_at <= last_seen_at)
);
-- one open finding a fault; when it comes back after it was mended it is a new one
create unique index site_findings_open on site_findings (publication_id, rule, subject) where resolved_at is null;
create index site_findings_listed on site_findings (site_id, resolved_at, severity, first_seen_at desc);

-- Somebody knows of it and says why it stays for the time being. Holds for the finding as it began on that day.
create table finding_acknowledgements (
  id uuid primary key,
  site_id uuid not null references sites,
  finding text not null,
  -- empty: nobody knows since when
  since text not null,
  reason text not null constraint finding_acknowledgements_reason_said check (length(reason) >= 5),
  acknowledged_by text not null,
  acknowledged_by_id uuid,
  acknowledged_at timestamptz not null,
  constraint finding_acknowledgements_once unique (site_id, finding, since)
);
revoke update, delete on finding_acknowledgements from mingtang_app;
create trigger finding_acknowledgements_append_only before update or delete on finding_acknowledgements
  for each row execute function refuse_change();

-- Which public text was read, and with which list of words: the next night goes on from here.
create table read_texts (
  edition_id uuid primary key references editions,
  site_id uuid not null references sites,
  publication_id uuid not null references publications,
  words text not null
);
create index read_texts_site on read_texts (site_id);

-- The links of the texts that were read.
create table text_links (
  edition_id uuid not null references read_texts on delete cascade,
  href text not null,
  -- path within the site of our own, or the whole address of another
  target text not null,
  internal boolean not null,
  -- words of the link
  label text not null,
  primary key (edition_id, href)
);
create index text_links_target on text_links (internal, target);

-- What other sites answered. Broken only when it failed on three days without an answer between.
create table outside_links (
  target text primary key,
  host text not null,
  asked_at timestamptz not null,
  outcome text not null constraint outside_links_outcome_known check (outcome in ('answers', 'fails', 'not-asked')),
  -- status, or why there was none, in words
  detail text not null,
  failed_on date[] not null default '{}'
);

-- Words of our own beside those that come with the system; the same text replaces one of those.
create table wrong_words (
  text text primary key constraint wrong_words_text_length check (length(text) between 2 and 60),
  replacement text not null,
  severity text not null constraint wrong_words_severity_known check (severity in ('block', 'warn')),
  class text not null constraint wrong_words_class_known check (class in ('typo', 'ocr', 'spam', 'other')),
  exceptions text[] not null default '{}',
  source text not null,
  source_date date not null,
  -- false: not looked for
  used boolean not null default true,
  changed_by text not null,
  changed_at timestamptz not null
);

create table site_health_settings (
  site_id uuid primary key references sites,
  -- other sites are asked only where somebody has said so
  outside boolean not null default false,
  nightly_limit integer not null default 500 constraint site_health_settings_limit_range check (nightly_limit between 1 and 20000),
  changed_by text not null,
  changed_at timestamptz not null
);

-- When the texts of a site were last looked through to the end.
create table site_health_runs (
  site_id uuid primary key references sites,
  words text not null,
  texts integer not null,
  finished_at timestamptz not null
);

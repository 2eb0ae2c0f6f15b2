-- module: personal-data
-- What was found in texts and files before they go out, and what people decided about it (S-PII-07). A value found is never kept:
-- only its salted hash, by which the same value is known again, and the masked form that may be shown.
create table personal_data_salt (
  one boolean primary key default true,
  salt bytea not null,
  constraint personal_data_salt_one check (one)
);
insert into personal_data_salt (salt)
values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
revoke insert, update, delete on personal_data_salt from mingtang_app;

-- Files by their content, so that none is read twice by the same reader.
create table personal_data_files (
  sha256 text primary key,
  storage_key text not null,
  name text not null,
  size bigint not null,
  -- the version of reader and detection that read it; another version reads it again
  reader integer,
  asked_at timestamptz not null,
  begun_at timestamptz,
  read_at timestamptz,
  pieces integer,
  -- what could not be looked into, in words
  unread jsonb not null default '[]',
  found jsonb not null default '[]'
);
comment on column personal_data_files.found is 'Findings of the file: kind, certainty, place, masked form and salted hash.';
create index personal_data_files_waiting on personal_data_files (asked_at) where read_at is null;

-- An edition as it was last looked through: a draft before review, or what is public already.
create table personal_data_checks (
  edition_id uuid primary key,
  publication_id uuid not null,
  site_id uuid not null,
  organ_id uuid not null,
  title text not null,
  -- where the desk shows the item
  desk_address text not null,
  standing text not null,
  revision integer not null,
  public_since timestamptz,
  checked_at timestamptz not null,
  -- version of detection and list of words with which a public text was read: the same again is not read again
  read_with text not null,
  waiting integer not null default 0,
  constraint personal_data_checks_standing check (standing in ('draft', 'public', 'past'))
);
create index personal_data_checks_public on personal_data_checks (organ_id) where standing = 'public';

create table personal_data_findings (
  edition_id uuid not null references personal_data_checks on delete cascade,
  number integer not null,
  kind text not null,
  certainty text not null,
  place text not null,
  place_kind text not null,
  masked text not null,
  value_hash text not null,
  -- the masked name that stands beside, or the remedy for a wrong word
  note text,
  file_id uuid,
  primary key (edition_id, number)
);
create index personal_data_findings_value on personal_data_findings (value_hash);

-- Decisions hold for the same value at the same kind of place in every later revision of the publication.
create table personal_data_decisions (
  id uuid primary key,
  publication_id uuid not null,
  edition_id uuid not null,
  revision integer not null,
  kind text not null,
  value_hash text not null,
  place_kind text not null,
  place text not null,
  masked text not null,
  decision text not null,
  reason text not null,
  decided_by text not null,
  decided_by_id text,
  decided_at timestamptz not null,
  constraint personal_data_decisions_decision
    check (decision in ('not-personal', 'must-be-public', 'masked', 'keep-word', 'looked-at'))
);
create index personal_data_decisions_about on personal_data_decisions (publication_id, value_hash);
revoke update, delete on personal_data_decisions from mingtang_app;
create trigger refuse_change before update or delete on personal_data_decisions
  for each row execute function refuse_change();

-- The text before masking, closed: who may read it is asked of the policy, every reading is audited.
create table personal_data_originals (
  id uuid primary key,
  publication_id uuid not null,
  edition_id uuid not null,
  organ_id uuid not null,
  revision integer not null,
  title text not null,
  content jsonb not null,
  kept_by text not null,
  kept_at timestamptz not null
);
create index personal_data_originals_of on personal_data_originals (publication_id);
revoke update, delete on personal_data_originals from mingtang_app;
create trigger refuse_change before update or delete on personal_data_originals
  for each row execute function refuse_change();

-- module: redaction
-- 遮盖: a closed original, the boxes that people propose and decide, and the result that was proved to hold nothing of them.
create table redactions (
  id uuid primary key,
  organ_id uuid not null references organs,
  -- for whom it is done, in the words of the module that asked: `request:<id>`; null: from the desk
  purpose text,
  title text not null,
  file_name text not null,
  source_key text not null,
  source_sha256 text not null constraint redactions_source_sha256_form check (source_sha256 ~ '^[0-9a-f]{64}$'),
  source_size bigint not null,
  state text not null constraint redactions_state_known
    check (state in ('reading', 'open', 'burning', 'proved', 'refused', 'unreadable')),
  page_count integer,
  pages_done integer not null default 0,
  -- [{place, what}]: what the file held beside its pages
  left_out jsonb not null default '[]',
  -- [{page, why}] of a result that was refused, or why the file cannot be read
  faults jsonb not null default '[]',
  result_key text,
  result_sha256 text,
  result_size bigint,
  started_by text not null,
  started_by_id uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint redactions_result_whole check (num_nulls(result_key, result_sha256, result_size) in (0, 3)),
  -- nothing leaves that was not proved
  constraint redactions_result_proved check (result_key is null or state = 'proved')
);
create index redactions_organ on redactions (organ_id, started_at desc);
create index redactions_waiting on redactions (started_at) where state in ('reading', 'burning');
create index redactions_purpose on redactions (purpose) where purpose is not null;

-- The pages as people see them: pictures in the storage, words with their places.
create table redaction_pages (
  redaction_id uuid not null references redactions on delete cascade,
  number integer not null,
  width real not null,
  height real not null,
  picture_key text not null,
  -- [{text, line, rect}]
  words jsonb not null,
  unseen integer not null default 0,
  constraint redaction_pages_key primary key (redaction_id, number)
);

-- A place of a page, why it is taken out, who said so and who decided.
create table redaction_boxes (
  id uuid primary key,
  -- in which order they came: what is undone is the last
  serial bigint generated always as identity,
  redaction_id uuid not null references redactions on delete cascade,
  page integer not null,
  rect_left real not null,
  rect_top real not null,
  rect_width real not null constraint redaction_boxes_width check (rect_width > 0),
  rect_height real not null constraint redaction_boxes_height check (rect_height > 0),
  ground text not null constraint redaction_boxes_ground_known check (ground in
    ('SECRET', 'LAW_BAN', 'SAFETY', 'TRADE_SECRET', 'PRIVACY', 'INTERNAL', 'PROCESS', 'ENFORCE_FILE')),
  -- what was found there, masked
  note text not null default '',
  state text not null constraint redaction_boxes_state_known check (state in ('proposed', 'accepted', 'rejected')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  constraint redaction_boxes_decided check ((state = 'proposed') = (decided_at is null))
);
create index redaction_boxes_of on redaction_boxes (redaction_id, page);

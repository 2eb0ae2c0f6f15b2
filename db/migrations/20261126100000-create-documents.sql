-- module: documents
-- A document (公文) is the case around the draft of a publication: who drafts, reviews, signs and lets out, and as what it is open.
create table documents (
  id uuid primary key,
  publication_id uuid not null constraint documents_publication_unique unique references publications,
  site_id uuid not null references sites,
  -- the organ that issues; of joint documents the one that leads
  organ_id uuid not null references organs,
  kind text not null,
  -- as the draft was called last
  title text not null,
  state text not null constraint documents_state_known check (state in
    ('drafting', 'openness-first', 'head-review', 'opinions', 'legality-review', 'secrecy-review', 'openness-review',
     'office-check', 'signature', 'signed', 'published', 'kept', 'withheld', 'discarded')),
  -- drafted here, or signed elsewhere and handed over
  origin text not null constraint documents_origin_known check (origin in ('drafted', 'received')),
  -- what the system that hands over calls it: the same one comes in once
  origin_key text,
  form_key uuid constraint documents_form_key_unique unique,
  -- the attribute with its reason, part of the first step (R-SRC-01)
  openness text constraint documents_openness_known check (openness in ('proactive', 'on-request', 'withheld')),
  openness_ground text,
  openness_reason text not null default '',
  openness_confirmed_at timestamptz,
  -- the recorded secrecy review (R-EXC-10)
  secrecy_opinion text,
  secrecy_by text,
  secrecy_by_id uuid,
  secrecy_at timestamptz,
  -- 待定: it was asked of the authority whether this may be open (R-EXC-09, R-EXC-11)
  held_at timestamptz,
  -- why the interpretation comes after the document, within its duty (R-INT-02)
  interpretation_follows text not null default '',
  -- the legality review of a normative document (R-NOR-08)
  legality text constraint documents_legality_known check (legality in ('legal', 'illegal', 'amend')),
  fair_competition text,
  -- family of numbers that it takes its number from; null: not chosen yet
  letter_code_id uuid,
  -- the signature: the text is sealed by its digest and nothing changes it afterwards
  signed_on date,
  signed_by text,
  signed_by_id uuid,
  doc_no text,
  sealed_revision integer,
  sealed_digest text,
  revision integer not null default 1,
  created_by text not null,
  created_by_id uuid,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  constraint documents_origin_key_unique unique (organ_id, origin_key),
  constraint documents_attribute_whole check (state in ('drafting', 'discarded') or (openness is not null and openness_reason <> '')),
  constraint documents_signature_whole check (
    (state in ('signed', 'published', 'kept', 'withheld')) =
    (signed_on is not null and signed_by is not null and sealed_digest is not null and sealed_revision is not null)),
  constraint documents_published_cleared check (state <> 'published' or (openness = 'proactive' and secrecy_opinion is not null))
);
create index documents_organ on documents (organ_id, state, changed_at desc);
create index documents_newest on documents (changed_at desc, id desc);

-- Each step records person, role, time, opinion, and the text that was seen (R-EXC-13).
create table document_steps (
  id uuid primary key,
  document_id uuid not null references documents,
  act text not null,
  from_state text not null,
  to_state text not null,
  opinion text not null default '',
  -- of a returned document: reasons chosen from the rules (R-SRC-03)
  reasons text[] not null default '{}',
  draft_revision integer not null,
  actor text not null,
  actor_id uuid,
  actor_role text not null,
  deputy_for text,
  acted_at timestamptz not null
);
create index document_steps_document on document_steps (document_id, acted_at, id);

-- 联合行文: who issues it together with the organ that leads, in the order of their names.
create table document_co_organs (
  document_id uuid not null references documents,
  organ_id uuid not null references organs,
  position integer not null,
  co_signed_by text,
  co_signed_by_id uuid,
  co_signed_at timestamptz,
  -- the text that was co-signed; another one has to be co-signed again
  co_signed_digest text,
  primary key (document_id, organ_id)
);

-- What goes with the text on its way and is not published with it: explanations, grounds, opinions and what became of them (R-NOR-07).
create table document_materials (
  id uuid primary key,
  document_id uuid not null references documents,
  type text not null,
  title text not null,
  -- its words, or where it lies
  words text not null default '',
  -- name, size, sha256 and key of the file
  file jsonb,
  added_by text not null,
  added_by_id uuid,
  added_at timestamptz not null,
  removed_at timestamptz,
  constraint document_materials_say_something check (words <> '' or file is not null)
);
create index document_materials_document on document_materials (document_id, added_at);

-- 机关代字: families of numbers of an organ, 云政发 and 云政办发 (R-LET-01).
create table letter_codes (
  id uuid primary key,
  organ_id uuid not null references organs,
  code text not null constraint letter_codes_code_unique unique constraint letter_codes_code_form check (code ~ '^[一-龥]{2,12}$'),
  about text not null default '',
  retired_at timestamptz,
  changed_by text not null,
  changed_at timestamptz not null
);
create index letter_codes_organ on letter_codes (organ_id, code);
alter table documents add constraint documents_letter_code foreign key (letter_code_id) references letter_codes;

-- One yearly serial per organ and family (R-LET-02).
create table letter_serials (
  letter_code_id uuid not null references letter_codes,
  year integer not null,
  last integer not null,
  primary key (letter_code_id, year)
);

-- Every number that was given, here or elsewhere; and numbers that never will be, with the reason. Never used again.
create table letter_numbers (
  doc_no text primary key,
  letter_code_id uuid references letter_codes,
  year integer,
  serial integer,
  document_id uuid constraint letter_numbers_document_unique unique references documents,
  -- of a gap: why nothing has this number
  gap_reason text,
  given_by text not null,
  given_by_id uuid,
  given_at timestamptz not null,
  constraint letter_numbers_serial_unique unique (letter_code_id, year, serial),
  constraint letter_numbers_mean_something check ((document_id is null) <> (gap_reason is null))
);

-- What an organ decides about its own procedure; without a row the defaults hold.
create table document_settings (
  organ_id uuid primary key references organs,
  -- steps that this organ does not have (R-EXC-13 is a default)
  skips text[] not null default '{}' constraint document_settings_skips_known check (skips <@ array['head-review', 'office-check']),
  -- months after which what is not open is looked at again (R-EXC-12)
  reassess_months integer not null default 12 constraint document_settings_reassess_range check (reassess_months between 1 and 60),
  changed_by text not null,
  changed_at timestamptz not null
);

revoke update, delete on document_steps, letter_numbers from mingtang_app;
revoke delete on documents, document_materials, letter_codes, letter_serials from mingtang_app;
create trigger document_steps_append_only before update or delete on document_steps for each row execute function refuse_change();
create trigger letter_numbers_append_only before update or delete on letter_numbers for each row execute function refuse_change();

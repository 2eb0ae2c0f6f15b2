-- module: files
-- Files that staff upload: attachments and pictures of editions. The bytes lie in the file storage under their
-- SHA-256, so that the same bytes lie there once, however often they are uploaded.
create table files (
  id uuid primary key,
  site_id uuid not null references sites,
  -- short random id in addresses
  public_id text not null constraint files_public_id_unique unique,
  -- as shown, already cleaned of paths, control signs and bidi overrides
  name text not null constraint files_name_form check (name <> '' and name !~ '[/\\[:cntrl:]]'),
  -- told by the content, never by what the browser says
  media_type text not null,
  size bigint not null constraint files_size_positive check (size >= 0),
  sha256 text not null constraint files_sha256_form check (sha256 ~ '^[0-9a-f]{64}$'),
  -- null: refused, the bytes were not kept
  storage_key text,
  -- quarantined: the row is there before all of its bytes are; only what is checked is ever shown or used
  state text not null constraint files_state_known check (state in ('quarantined', 'checked', 'refused')),
  refused_because text,
  width integer,
  height integer,
  -- null: not stated (attachments); empty: a picture that only decorates (S-DES-05)
  alt_text text,
  uploaded_by text not null,
  uploaded_by_id uuid,
  uploaded_at timestamptz not null,
  constraint files_refused_whole check ((state = 'refused') = (refused_because is not null)),
  constraint files_kept_whole check ((state = 'refused') = (storage_key is null))
);
create index files_storage_key on files (storage_key) where storage_key is not null;
-- what the daily purge looks through
create index files_uploaded on files (uploaded_at);

-- Which edition uses which file, and as what.
create table file_uses (
  edition_id uuid not null references editions on delete cascade,
  file_id uuid not null references files,
  role text not null constraint file_uses_role_known check (role in ('attachment', 'picture')),
  -- attachment: what readers see instead of a bare file name; picture: its alternative text
  title text not null,
  position integer not null,
  primary key (edition_id, role, file_id)
);
create index file_uses_file on file_uses (file_id);

-- What a sealed edition shows never changes, its files included. (A deleted draft is gone before its uses cascade.)
create function refuse_changing_files_of_sealed_edition() returns trigger language plpgsql as $$
declare
  edition uuid := case tg_op when 'DELETE' then old.edition_id else new.edition_id end;
begin
  if exists (select from editions e where e.id = edition and e.sealed_at is not null)
     or (tg_op = 'UPDATE' and exists (select from editions e where e.id = old.edition_id and e.sealed_at is not null)) then
    raise exception 'the files of a sealed edition never change';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger file_uses_sealed before insert or update or delete on file_uses
  for each row execute function refuse_changing_files_of_sealed_edition();

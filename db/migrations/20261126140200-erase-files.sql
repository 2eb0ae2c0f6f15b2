-- module: files
-- A file that must go by law: name, bytes and fingerprint go, its place in the edition stays, so that what stands after it keeps its place.
alter table files add column erased_at timestamptz;
create or replace function refuse_changing_files_of_sealed_edition() returns trigger language plpgsql as $$
declare
  edition uuid := case tg_op when 'DELETE' then old.edition_id else new.edition_id end;
begin
  if tg_op = 'UPDATE' and is_erasing() and (to_jsonb(new) - 'title') is not distinct from (to_jsonb(old) - 'title') then
    return new;
  end if;
  if exists (select from editions e where e.id = edition and e.sealed_at is not null)
     or (tg_op = 'UPDATE' and exists (select from editions e where e.id = old.edition_id and e.sealed_at is not null)) then
    raise exception 'the files of a sealed edition never change';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
-- Within the transaction of the erasure that names them (`erasures.file_ids`).
create function erase_files(erasure uuid, erased timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ids uuid[];
begin
  select file_ids into ids from erasures
    where id = erasure and entry is null and confirmed_by_id is not null and confirmed_by_id <> asked_by_id;
  if ids is null then raise exception 'an erasure that two persons have not decided'; end if;
  perform set_config('mingtang.erasing', 'by law', true);
  update file_uses set title = '（附件已依法删除）' where file_id = any(ids);
  update files set name = '已依法删除', state = 'refused', refused_because = '依法删除个人信息', storage_key = null,
    sha256 = repeat('0', 64), size = 0, alt_text = null, erased_at = erased where id = any(ids);
  perform set_config('mingtang.erasing', '', true);
end $$;

-- module: personal-data
-- What the closed zone keeps of a publication goes with an erasure, within its transaction.
create function erase_originals(erasure uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  publication uuid;
begin
  select publication_id into publication from erasures
    where id = erasure and entry is null and confirmed_by_id is not null and confirmed_by_id <> asked_by_id;
  if publication is null then raise exception 'an erasure that two persons have not decided'; end if;
  perform set_config('mingtang.erasing', 'by law', true);
  update personal_data_originals set title = '（已依法删除）', content = '{"title":"（已依法删除）","bodyHtml":"","facts":[]}'
    where publication_id = publication;
  perform set_config('mingtang.erasing', '', true);
end $$;

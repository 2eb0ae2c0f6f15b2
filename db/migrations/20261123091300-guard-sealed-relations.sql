-- module: publications
-- What a sealed edition says of other works stays with it. Only the work may be exchanged for the one it turned out to be
-- (a document that was named before it arrived), and what then is said twice may go.
create function refuse_changing_sealed_relation() returns trigger language plpgsql as $$
begin
  if not exists (select from editions e where e.id = old.edition_id and e.sealed_at is not null) then
    return coalesce(new, old);
  end if;
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'work_id') is not distinct from (to_jsonb(old) - 'work_id') then
    return new;
  end if;
  if tg_op = 'DELETE' and exists (select from works w where w.id = old.work_id and w.publication_id is null) then
    if exists (select from relations r where r.edition_id = old.edition_id and r.type = old.type and r.work_id <> old.work_id) then
      return old;
    end if;
  end if;
  raise exception 'what a sealed edition says is never changed';
end $$;
create trigger links_sealed before update or delete on links for each row execute function refuse_changing_sealed_relation();
create trigger effects_sealed before update or delete on effects for each row execute function refuse_changing_sealed_relation();

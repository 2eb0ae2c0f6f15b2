-- module: publications
-- How a link or effect names its work: by number or by title, as it was written; null where an address was given. A name may fit
-- a document that arrives later, or a better one than the first: whenever a document of that name is published, it is asked anew.
alter table links add column named_by text constraint links_named_by_known check (named_by in ('number', 'title'));
alter table links add column named text;
alter table effects add column named_by text constraint effects_named_by_known check (named_by in ('number', 'title'));
alter table effects add column named text;

alter table links disable trigger links_sealed;
alter table effects disable trigger effects_sealed;
update links l set named_by = case when w.doc_no is null then 'title' else 'number' end, named = coalesce(w.doc_no, w.title)
  from works w where w.id = l.work_id and w.publication_id is null;
update effects f set named_by = case when w.doc_no is null then 'title' else 'number' end, named = coalesce(w.doc_no, w.title)
  from works w where w.id = f.work_id and w.publication_id is null;
alter table links enable trigger links_sealed;
alter table effects enable trigger effects_sealed;

-- Hash: names may be longer than a B-tree takes.
create index links_named on links using hash (named);
create index effects_named on effects using hash (named);
create index works_title on works using hash (title);

-- The work of a sealed line may still be exchanged; what then is said twice may go, if it was named by words.
create or replace function refuse_changing_sealed_relation() returns trigger language plpgsql as $$
begin
  if not exists (select from editions e where e.id = old.edition_id and e.sealed_at is not null) then
    return coalesce(new, old);
  end if;
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'work_id') is not distinct from (to_jsonb(old) - 'work_id') then
    return new;
  end if;
  if tg_op = 'DELETE' and (old.named is not null or exists (select from works w where w.id = old.work_id and w.publication_id is null)) then
    if exists (select from relations r where r.edition_id = old.edition_id and r.type = old.type and r.work_id <> old.work_id) then
      return old;
    end if;
  end if;
  raise exception 'what a sealed edition says is never changed';
end $$;

-- An old address may have been that of a file, and may hold a query.
alter table moved_addresses add column file_id uuid references files;
comment on column moved_addresses.path is 'path of the old address, with its query where it had one';
create index moved_addresses_publication on moved_addresses (publication_id);
-- What was imported from an address before is known by it.
create index publications_source_url on publications using hash (source_url) where source_url is not null;
-- A row of a list is looked for by its title.
create index editions_title on editions using hash (title);

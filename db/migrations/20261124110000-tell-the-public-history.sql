-- module: publications
-- The history of a site is read by everybody, newest first, and harvested by machines, oldest first. An import brings many
-- thousand acts in one hour: they are told apart, so that what happened today does not drown in them.
alter table publishing_acts add column imported boolean not null default false;
alter table publishing_acts disable trigger publishing_acts_append_only;
update publishing_acts a set imported = true
  from publications p where p.id = a.publication_id and p.archive and a.act in ('published', 'scheduled');
alter table publishing_acts enable trigger publishing_acts_append_only;

create function note_imported_act() returns trigger language plpgsql as $$
begin
  new.imported := new.act in ('published', 'scheduled')
    and exists (select from publications p where p.id = new.publication_id and p.archive);
  return new;
end $$;
create trigger publishing_acts_note_import before insert on publishing_acts
  for each row execute function note_imported_act();

create index publishing_acts_history on publishing_acts (site_id, public_at desc, id desc) where not imported;
-- By the moment from which an act could be seen: of a schedule the opening, of what was settled later the settling.
-- Never earlier than what was seen before, so a harvester misses nothing.
create index publishing_acts_changes on publishing_acts (site_id, (greatest(acted_at, public_at)), id);

-- The site map for machines is cut by the beginnings of short ids, whatever the language of the database.
create index publications_by_beginning on publications (public_id collate "C");

-- module: publications
-- What editions say of works, links and effects alike.
create view relations as
  select edition_id, 'link' as relation, type, work_id, null::date as effective_from from links
  union all
  select edition_id, 'effect', type, work_id, effective_from from effects;

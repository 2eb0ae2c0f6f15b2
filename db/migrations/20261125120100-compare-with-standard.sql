-- module: catalogue
-- What the standard catalogue said when it was last decided about here, field by field, and why a field differs from it (R-GRS-03).
alter table catalogue_items
  add column standard jsonb,
  add column reasons jsonb not null default '{}';
alter table catalogue_item_versions
  add column standard jsonb,
  add column reasons jsonb not null default '{}';

-- Until now one reason was kept for the whole item; it holds for each field that differs from what was last taken.
update catalogue_items i set standard = (
  select v.content from catalogue_item_versions v where v.item_id = i.id and v.act = 'taken' order by v.revision desc limit 1
) where i.origin = 'standard';
update catalogue_items i set reasons = coalesce((
  select jsonb_object_agg(field, i.deviation) from jsonb_object_keys(i.content) field
  where i.content -> field is distinct from i.standard -> field
), '{}') where i.standard is not null and i.deviation is not null;

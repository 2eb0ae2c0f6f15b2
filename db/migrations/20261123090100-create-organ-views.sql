-- module: organisations
-- What other modules may read of organs and sites in their own queries.
create view organ_names as
  select id, key, name, short_name, type, uscc, parent_id, sort_order, abolished_on, successor_id from organs;
create view site_names as
  select id, key, name, short_name, organ_id, is_default from sites;

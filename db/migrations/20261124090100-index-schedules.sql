-- module: publications
-- What opens by schedule is looked for every minute; what opened when it was published, a whole archive perhaps, is not.
create index editions_scheduled on editions (public_from) where sealed_at < public_from;
-- When an organ last brought something, which archive items are not.
create index publications_organ_newest on publications (organ_id, sort_at desc) where not archive;

-- module: duties
-- Whoever reminds walks over the open duties of all sites by their clock.
create index duties_open_by_clock on duties (due_at, id) where met_at is null and waived_at is null and due_at is not null;

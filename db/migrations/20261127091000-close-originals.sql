-- module: files
-- A file that was masked stays, but closed: no edition may use it again, nobody fetches it but through the closed zone, and the
-- nightly purge leaves it alone.
alter table files add column closed_at timestamptz;

-- module: publications
-- A signed document with its recorded procedure is a clearance of its own kind (R-SRC-01, R-EXC-10).
alter table clearances drop constraint clearances_kind_known;
alter table clearances add constraint clearances_kind_known check (kind in ('review', 'archive-import', 'sample', 'document'));

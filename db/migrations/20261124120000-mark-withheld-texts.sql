-- module: publications
-- A bulk export leaves out the text of what has left the public; what is restored from it says so, and is not taken for an
-- edition that said nothing.
alter table editions add column text_withheld boolean not null default false;

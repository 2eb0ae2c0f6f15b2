-- module: publications
-- What the leaves of the log commit to, edition by edition, so that a proof can be made and the whole can be counted again.
create table edition_commitments (
  edition_id uuid primary key references editions,
  -- the secret from which the salts of its fields follow; null once a field was erased lawfully
  seed bytea,
  -- then the salts of the fields that remain: name → Base64
  salts jsonb,
  -- each field's commitment: name → Base64
  commitments jsonb not null,
  -- how it named other works when it was sealed: titles change later, and what is named twice may become one
  said jsonb not null,
  constraint edition_commitments_salted check ((seed is null) <> (salts is null)),
  constraint edition_commitments_seed check (octet_length(seed) = 32)
);
revoke delete on edition_commitments from mingtang_app;
create function refuse_changing_commitments() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'seed' - 'salts' - 'said') is not distinct from (to_jsonb(old) - 'seed' - 'salts' - 'said')
     and new.seed is null then
    return new;
  end if;
  raise exception 'what the log commits to is never changed';
end $$;
create trigger edition_commitments_kept before update or delete on edition_commitments
  for each row execute function refuse_changing_commitments();

-- Where in the log each act stands.
create table logged_acts (
  act_id uuid primary key references publishing_acts,
  entry bigint not null constraint logged_acts_entry_unique unique
);
revoke update, delete on logged_acts from mingtang_app;
create trigger logged_acts_append_only before update or delete on logged_acts for each row execute function refuse_change();

-- What was published before there was a log is written into it once, in the order in which it happened.
create table log_fill (
  single boolean primary key default true constraint log_fill_single check (single),
  done_at timestamptz
);
insert into log_fill default values;

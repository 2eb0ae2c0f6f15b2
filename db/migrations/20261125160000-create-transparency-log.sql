-- module: transparency-log
-- One append-only Merkle log for the installation (RFC 6962; tiles as in C2SP tlog-tiles).
-- The head is a single row: whoever appends locks it, so leaves get their places one after the other and without a gap.
create table log_head (
  single boolean primary key default true constraint log_head_single check (single),
  size bigint not null default 0
);
insert into log_head default values;

create table log_entries (
  index bigint primary key,
  -- what the leaf commits to: canonical JSON of ids and hashes
  entry bytea not null,
  -- what it is about, for looking it up
  subject text not null,
  written_at timestamptz not null
);
create index log_entries_subject on log_entries (subject, index desc);
revoke update, delete on log_entries from mingtang_app;
create trigger log_entries_append_only before update or delete on log_entries for each row execute function refuse_change();

-- Hashes of up to 256 subtrees, 32 bytes each; a tile only grows.
create table log_tiles (
  level integer not null,
  index bigint not null,
  hashes bytea not null,
  primary key (level, index),
  constraint log_tiles_whole check (octet_length(hashes) % 32 = 0 and octet_length(hashes) between 32 and 8192)
);
revoke delete on log_tiles from mingtang_app;
create function refuse_rewriting_tile() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.level, old.index) = (new.level, new.index)
     and octet_length(new.hashes) >= octet_length(old.hashes)
     and substring(new.hashes for octet_length(old.hashes)) = old.hashes then
    return new;
  end if;
  raise exception 'a tile of the log only grows';
end $$;
create trigger log_tiles_only_grow before update or delete on log_tiles for each row execute function refuse_rewriting_tile();

-- Heads that were signed. Witnesses sign the same text later.
create table log_checkpoints (
  size bigint primary key,
  origin text not null,
  root bytea not null,
  note text not null,
  -- the public key it was signed with: a process without the secret key can show it, and a change of keys is seen
  verifier text not null,
  signed_at timestamptz not null
);
revoke update, delete on log_checkpoints from mingtang_app;
create trigger log_checkpoints_append_only before update or delete on log_checkpoints for each row execute function refuse_change();

create table log_cosignatures (
  size bigint not null references log_checkpoints,
  witness text not null,
  -- the signature line of the note
  line text not null,
  received_at timestamptz not null,
  primary key (size, witness)
);
revoke update, delete on log_cosignatures from mingtang_app;
create trigger log_cosignatures_append_only before update or delete on log_cosignatures for each row execute function refuse_change();

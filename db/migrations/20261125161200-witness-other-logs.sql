-- module: transparency-log
-- The newest head of each other log that we have co-signed (C2SP tlog-witness); it only moves forward.
create table witnessed_heads (
  origin text primary key,
  size bigint not null,
  root bytea not null,
  -- the checkpoint as it came, with the signature of its log
  note text not null,
  cosigned_at timestamptz not null
);
revoke delete on witnessed_heads from mingtang_app;
create function refuse_moving_back() returns trigger language plpgsql as $$
begin
  if new.origin <> old.origin or new.size < old.size or (new.size = old.size and new.root <> old.root) then
    raise exception 'a witness never goes back';
  end if;
  return new;
end $$;
create trigger witnessed_heads_forward before update on witnessed_heads for each row execute function refuse_moving_back();

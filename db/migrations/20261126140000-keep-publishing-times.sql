-- module: publications
-- The moment of publishing comes from the clock of the server and is never moved (S-META-04, S-CHK-01); what came from an older
-- site keeps the day that the source states. Only a first opening that never came about may be called off or overtaken.
create function refuse_moving_publishing_time() returns trigger language plpgsql as $$
begin
  if (new.archive, new.source_published_on, new.created_at) is distinct from (old.archive, old.source_published_on, old.created_at) then
    raise exception 'where a publication comes from is never changed';
  end if;
  if old.first_public_at is null or new.first_public_at is not distinct from old.first_public_at then
    return new;
  end if;
  -- No clock of the database: that of the acts is the one that counts, and they tell how late it is
  if exists (select from editions e where e.publication_id = old.id and e.public_from = old.first_public_at
       and (e.public_from <= e.sealed_at or e.public_until is null or e.public_until > e.public_from))
     or exists (select from publishing_acts a where a.site_id = old.site_id and a.acted_at >= old.first_public_at) then
    raise exception 'the moment of first publication is never moved';
  end if;
  return new;
end $$;
create trigger publications_time_kept before update on publications
  for each row execute function refuse_moving_publishing_time();

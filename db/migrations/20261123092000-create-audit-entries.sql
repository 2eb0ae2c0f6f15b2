-- module: audit
-- Who did what, when, and who read personal data (S-SEC-09). Names are kept as they were on the day, and ids point to
-- nothing by force: the trail must outlive accounts and organs.
create table audit_entries (
  id uuid primary key,
  at timestamptz not null,
  actor text not null,
  actor_id uuid,
  organ_id uuid,
  act text not null constraint audit_entries_act_form check (act ~ '^[a-z-]+\.[a-z-]+$'),
  sentence text not null,
  object_kind text,
  object_id text,
  object_label text,
  outcome text not null constraint audit_entries_outcome_known check (outcome in ('done', 'refused', 'failed')),
  ip text constraint audit_entries_ip_length check (length(ip) <= 45),
  reads_personal_data boolean not null default false,
  details jsonb not null default '{}'
);
create index audit_entries_newest on audit_entries (at desc, id desc);
create index audit_entries_actor on audit_entries (actor_id, at desc);
create index audit_entries_act on audit_entries (act, at desc);
create index audit_entries_object on audit_entries (object_id, at desc);

-- One seal an entry, each holding the hash of the one before: an entry that is changed or taken away shows (S-SEC-10).
create table audit_seals (
  position bigint primary key,
  entry_id uuid not null constraint audit_seals_entry_unique unique,
  previous_hash text not null,
  -- SHA-256, hexadecimal, over previous_hash and canonical_audit_entry
  hash text not null
);

-- Each field as `octets:text,` and a missing one as `-,`: no two entries read the same.
create function canonical_audit_field(field text) returns text language sql immutable as
$$ select case when field is null then '-,' else octet_length(field) || ':' || field || ',' end $$;

create function canonical_audit_entry(e audit_entries) returns text language sql stable as $$
  select canonical_audit_field(e.id::text)
    || canonical_audit_field(to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || canonical_audit_field(e.actor) || canonical_audit_field(e.actor_id::text) || canonical_audit_field(e.organ_id::text)
    || canonical_audit_field(e.act) || canonical_audit_field(e.sentence)
    || canonical_audit_field(e.object_kind) || canonical_audit_field(e.object_id) || canonical_audit_field(e.object_label)
    || canonical_audit_field(e.outcome) || canonical_audit_field(e.ip)
    || canonical_audit_field(e.reads_personal_data::text) || canonical_audit_field(e.details::text)
$$;

-- Seals at the moment of commit, when the transaction takes no other lock any more: writers queue only for the commit
-- itself and cannot deadlock over it, and no committed entry is ever without its seal. Runs as the owner, so that the
-- application cannot write seals of its own.
create function seal_audit_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last_position bigint;
  last_hash text;
begin
  perform pg_advisory_xact_lock(hashtext('mingtang.audit'));
  select position, hash into last_position, last_hash from audit_seals order by position desc limit 1;
  last_position := coalesce(last_position, 0);
  last_hash := coalesce(last_hash, repeat('0', 64));
  insert into audit_seals (position, entry_id, previous_hash, hash)
  values (last_position + 1, new.id, last_hash,
          encode(sha256(convert_to(last_hash || canonical_audit_entry(new), 'UTF8')), 'hex'));
  return null;
end $$;
create constraint trigger audit_entries_sealed after insert on audit_entries
  deferrable initially deferred for each row execute function seal_audit_entry();

-- What the daily check and the checks by hand found.
create table audit_checks (
  id uuid primary key,
  checked_at timestamptz not null,
  checked_by text not null,
  entries bigint not null,
  -- the newest seal that was checked: kept elsewhere, it shows later that nothing was cut off the end
  position bigint not null,
  hash text not null,
  fault text
);
create index audit_checks_newest on audit_checks (checked_at desc);

revoke update, delete on audit_entries, audit_checks from mingtang_app;
revoke insert, update, delete on audit_seals from mingtang_app;
create trigger audit_entries_append_only before update or delete on audit_entries for each row execute function refuse_change();
create trigger audit_seals_append_only before update or delete on audit_seals for each row execute function refuse_change();
create trigger audit_checks_append_only before update or delete on audit_checks for each row execute function refuse_change();
create trigger audit_entries_never_emptied before truncate on audit_entries for each statement execute function refuse_change();
create trigger audit_seals_never_emptied before truncate on audit_seals for each statement execute function refuse_change();

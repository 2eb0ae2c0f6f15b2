-- module: duties
-- What was done for a duty that comes round and that no publication shows: leaders heard a report (A4), what is withheld was reviewed (B6).
-- A correction is a further line with its reason; nothing is ever changed or taken away.
create table duty_records (
  id uuid primary key,
  duty_id uuid not null references duties,
  revision integer not null,
  held_on date not null,
  -- who presided or answered for it, as everybody may read
  chair text not null,
  subject text not null,
  outcome text not null,
  -- why it was put right; null of the first
  reason text,
  recorded_by text not null,
  recorded_by_id uuid,
  recorded_at timestamptz not null,
  constraint duty_records_once unique (duty_id, revision),
  constraint duty_records_correction_says_why check ((revision = 1) = (reason is null))
);
revoke update, delete on duty_records from mingtang_app;
create trigger duty_records_append_only before update or delete on duty_records for each row execute function refuse_change();

-- module: people
-- Where reminders go. It is no name of the login; an account without one reads its notifications on the desk.
alter table staff add column mail_address text
  constraint staff_mail_address_form check (char_length(mail_address) <= 254 and mail_address ~ '^[^@[:space:][:cntrl:]]+@[^@[:space:][:cntrl:]]+$');

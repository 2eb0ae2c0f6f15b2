-- module: transparency-log
-- The public key of the second signature of a head (SM2 with SM3), where the installation is set to give one.
alter table log_checkpoints add column sm2_verifier text;

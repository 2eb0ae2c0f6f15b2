import { totalmem } from 'node:os'

const MB = 1024 * 1024

/** Written into the cluster at every start; an operator's own wishes go into the database by ALTER SYSTEM, which wins. */
export function settings(durable: boolean) {
  return `# 由明堂在每次启动时改写；要改设置请用 ALTER SYSTEM
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 150
shared_buffers = ${sharedBuffers()}MB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
# No personal data in the log: neither the statement nor the DETAIL line ("Key (email)=(…)").
log_error_verbosity = terse
log_min_error_statement = panic
${durable ? '' : 'fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n'}`
}

/** PostgreSQL's own default of 128 MB is small: a sixteenth of the memory (of the container, if it is limited). */
function sharedBuffers() {
  const limit = process.constrainedMemory()
  const memory = limit > 0 && limit < totalmem() ? limit : totalmem()
  return Math.round(Math.min(Math.max(memory / 16, 128 * MB), 1024 * MB) / MB)
}

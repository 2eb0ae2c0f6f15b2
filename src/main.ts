import { runCommand } from './app/command.ts'
import { runRoles } from './app/roles.ts'

const [first, ...rest] = process.argv.slice(2)

/** `command NAME …` runs one command; otherwise the roles that are named, or all of them: public desk worker. */
process.exitCode =
  first === 'command' ? await runCommand(rest) : await runRoles(first === undefined ? [] : [first, ...rest])

import { parseArgs } from 'node:util'
import type { Env } from './ground/config/env/env.ts'

const commands = ['serve', 'validate', 'migrate up', 'migrate status', 'migrate sqlite-to-postgres'] as const
export type Command = (typeof commands)[number]

export interface CommandLine {
  command: Command
  /** The environment, with the files that are named over those that it names. */
  env: Env
}

export const usage = `usage: loomcycle [COMMAND] [--config FILE]…

Without a command it serves. The others end with 1 where something is wrong:
  validate                    says what is wrong with the configuration
  migrate up                  brings the database up to date
  migrate status              says what has been done to the database, and what has not
  migrate sqlite-to-postgres  moves everything from the data directory into the empty database of LOOMCYCLE_PG_DSN
--config names a configuration file, in place of LOOMCYCLE_CONFIG_FILES; several are laid over each other.`

/** What was typed; undefined where it means nothing. */
export function readCommandLine(args: readonly string[], env: Env): CommandLine | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { config: { type: 'string', multiple: true } },
    })
    const command = commands.find((one) => one === (positionals.join(' ') || 'serve'))
    if (!command) return undefined
    return { command, env: values.config ? { ...env, LOOMCYCLE_CONFIG_FILES: values.config.join(':') } : env }
  } catch {
    return undefined
  }
}

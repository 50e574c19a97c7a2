import { parseArgs } from 'node:util'
import type { Env } from './ground/config/env/env.ts'

export interface CommandLine {
  command: 'serve' | 'validate'
  /** The environment, with the files that are named over those that it names. */
  env: Env
}

export const usage = `usage: loomcycle [validate] [--config FILE]…

Without a word it serves. validate says what is wrong with the configuration, and ends with 1 where something is.
--config names a configuration file, in place of LOOMCYCLE_CONFIG_FILES; several are laid over each other.`

/** What was typed; undefined where it means nothing. */
export function readCommandLine(args: readonly string[], env: Env): CommandLine | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { config: { type: 'string', multiple: true } },
    })
    const [command = 'serve', ...rest] = positionals
    if (rest.length > 0 || (command !== 'serve' && command !== 'validate')) return undefined
    return { command, env: values.config ? { ...env, LOOMCYCLE_CONFIG_FILES: values.config.join(':') } : env }
  } catch {
    return undefined
  }
}

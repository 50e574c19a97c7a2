import { ConfigError, type ShellSettings } from '../config.ts'
import type { Env } from './env.ts'

interface Switches {
  bash: boolean
  bashEnv: readonly string[]
  bashbox: boolean
  hostCommands: readonly string[]
  hostEnv: readonly string[]
}

/** Shells begin with PATH and what is named here, and with nothing else of this process's environment. */
export function readShells(env: Env, set: Switches, warnings: string[]): ShellSettings {
  for (const name of set.hostCommands) {
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(name)) {
      throw new ConfigError(
        `LOOMCYCLE_BASHBOX_FALLBACK_COMMANDS has "${name}", but takes names of programs as PATH finds them, as in git,gh.`,
      )
    }
  }
  if (set.bash) {
    warnings.push(
      'LOOMCYCLE_BASH_ENABLED: agents that list Bash may do whatever the user of this process may do; Bashbox keeps to a volume.',
    )
  }
  if (set.bashbox && set.hostCommands.length > 0) {
    warnings.push(
      `LOOMCYCLE_BASHBOX_FALLBACK_COMMANDS: scripts of agents may run ${set.hostCommands.join(', ')} on this machine.`,
    )
  }
  return {
    ...(set.bash ? { bash: { env: pick(env, set.bashEnv) } } : {}),
    ...(set.bashbox ? { bashbox: { hostCommands: set.hostCommands, hostEnv: pick(env, set.hostEnv) } } : {}),
  }
}

function pick(env: Env, names: readonly string[]): Record<string, string> {
  const PATH = env.PATH ?? '/usr/local/bin:/usr/bin:/bin'
  const named = names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))
  return { PATH, ...Object.fromEntries(named) }
}

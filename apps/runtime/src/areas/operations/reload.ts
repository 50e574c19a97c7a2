import { RuntimeError } from '@loomcycle/proto'
import type { Slots } from '../../engine/work/slots.ts'
import { type Config, ConfigError } from '../../ground/config/config.ts'
import { type ConfigChange, replaceLive } from '../../ground/config/live-config.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { CallQueue } from '../../models/calls/call-queue.ts'

export interface ReloadDeps {
  config: Config
  /** What the process would be told if it started now. */
  readConfig(): Promise<Config>
  /** What of that will not work; one sentence each. */
  warningsOf(config: Config): string[]
  slots: Slots
  callQueue: CallQueue
  telemetry: Telemetry
}

export type Reload = () => Promise<ReloadResult>

export interface ReloadResult {
  changes: ConfigChange[]
  needs_restart: string[]
  overrides: string[]
  warnings: string[]
}

/** Reads the configuration again: it is checked whole, and then takes its place whole or not at all. */
export function createReload(deps: ReloadDeps): Reload {
  let last: Promise<unknown> = Promise.resolve()
  // One after the other: what was read last is what stays.
  return () => {
    const result = last.then(() => reload(deps))
    last = result.catch(() => {})
    return result
  }
}

async function reload({
  config,
  readConfig,
  warningsOf,
  slots,
  callQueue,
  telemetry,
}: ReloadDeps): Promise<ReloadResult> {
  const told = new Set([...config.warnings, ...config.overrides, ...warningsOf(config)])
  const next = await readConfig().catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error
    telemetry.log('warn', `the configuration stays as it is, since the new one is refused: ${error.message}`)
    throw new RuntimeError('config_refused', `${error.message} Nothing was changed.`)
  })
  const { changes, needsRestart } = replaceLive(config, next)
  slots.limitsChanged()
  callQueue.limitsChanged()
  const warnings = [...next.warnings, ...warningsOf(config)]
  for (const warning of warnings) if (!told.has(warning)) telemetry.log('warn', warning)
  for (const override of next.overrides) if (!told.has(override)) telemetry.log('info', override)
  telemetry.log('info', `the configuration was read again: ${inWords(changes, needsRestart)}`)
  return { changes, needs_restart: needsRestart, overrides: next.overrides, warnings }
}

function inWords(changes: readonly ConfigChange[], needsRestart: readonly string[]): string {
  const parts = changes.map(({ section, added, changed, removed }) => {
    const said = Object.entries({ added, changed, removed }).filter(([, names]) => names.length > 0)
    return `${section} ${said.map(([verb, names]) => `${verb} ${names.join(', ')}`).join('; ')}`
  })
  if (needsRestart.length > 0) parts.push(`needs a restart: ${needsRestart.join(', ')}`)
  return parts.length > 0 ? parts.join('. ') : 'nothing has changed'
}

import { isDeepStrictEqual } from 'node:util'
import type { Config } from './config.ts'

/** What a reload did to one part of the configuration, by the names of what is in it. */
export interface ConfigChange {
  section: string
  added: string[]
  changed: string[]
  removed: string[]
}

/** What is read anew whenever it is needed, and how a configuration file calls it. */
const live = {
  agents: 'agents',
  skills: 'skills',
  volumes: 'volumes',
  help: 'help',
  channels: 'channels',
  windows: 'models',
  pricing: 'pricing',
  tiers: 'tiers',
  userTiers: 'user_tiers',
  defaults: 'defaults',
  concurrency: 'concurrency',
  calls: 'concurrency.calls',
  interruption: 'interruption',
} as const

/** What is one thing, and told of as that. */
const whole = { defaultAgent: 'default_agent', providerPriority: 'provider_priority' } as const

/** Those that are put in place as they are: besides those, what the names of models stand for, and notes on the files. */
const replaced = [
  ...(Object.keys(whole) as (keyof typeof whole)[]),
  ...(['aliases', 'findOllama', 'completePin', 'completeAgent', 'overrides', 'warnings'] as const),
] as const

/**
 * Puts what is configured now in the place of what was, in one step: whoever holds a part of the configuration holds it
 * as it is now. The rest stays as it was at the start, and is named where it has changed.
 */
export function replaceLive(config: Config, next: Config): { changes: ConfigChange[]; needsRestart: string[] } {
  const fixed = Object.keys(next).filter((key) => !(key in live) && !replaced.some((one) => one === key))
  const needsRestart = fixed.filter((key) => !isDeepStrictEqual(config[key as keyof Config], next[key as keyof Config]))
  const changes: ConfigChange[] = Object.entries(live).map(([key, section]) => ({
    section,
    ...become(config[key as keyof typeof live], next[key as keyof typeof live]),
  }))
  for (const [key, section] of Object.entries(whole) as [keyof typeof whole, string][]) {
    if (isDeepStrictEqual(config[key], next[key])) continue
    changes.push({ section, added: [], changed: [next[key] ?? []].flat(), removed: [] })
  }
  Object.assign(config, Object.fromEntries(replaced.map((key) => [key, next[key]])))
  return {
    changes: changes.filter(({ added, changed, removed }) => [...added, ...changed, ...removed].length > 0),
    needsRestart,
  }
}

/** What stays the same stays the same object. */
function become(held: object, next: object): Omit<ConfigChange, 'section'> {
  const before = byName(held)
  const after = byName(next)
  const kept = [...after].map(([name, value]) => {
    const known = before.get(name)
    return [name, isDeepStrictEqual(known, value) ? known : value] as const
  })
  if (Array.isArray(held)) held.splice(0, held.length, ...kept.map(([, value]) => value))
  else {
    for (const name of before.keys()) if (!after.has(name)) Reflect.deleteProperty(held, name)
    Object.assign(held, Object.fromEntries(kept))
  }
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    changed: kept.filter(([name, value]) => before.has(name) && before.get(name) !== value).map(([name]) => name),
    removed: [...before.keys()].filter((name) => !after.has(name)),
  }
}

function byName(part: object): Map<string, unknown> {
  if (Array.isArray(part)) return new Map(part.map((one: { name: string }) => [one.name, one]))
  return new Map(Object.entries(part).filter(([, value]) => value !== undefined))
}

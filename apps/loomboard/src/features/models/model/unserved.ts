import type { wire } from '@loomcycle/client'
import type { Told } from './services.ts'
import { type Choice, type Use, usesOf } from './uses.ts'

/** What nothing serves, and why, with what to do. */
export interface Unserved {
  use: Use
  why: string
}

/** `agents`: as the library tells of them. */
export function unserved(
  told: Told,
  agents: readonly { name: string; lacks?: readonly wire.Lack[] }[] = [],
): Unserved[] {
  const named = usesOf({ ...told, agents: [] })
  const tiers = new Map<string, { use: Use; lacks: (string | undefined)[] }>()
  const aliases: Unserved[] = []
  for (const { choice, use } of named) {
    const lack = lackOf(choice, told)
    if (use.kind !== 'tier') {
      if (lack) aliases.push({ use, why: lack })
      continue
    }
    const key = `${use.of ?? ''} ${use.name}`
    const known = tiers.get(key) ?? { use, lacks: [] }
    known.lacks.push(lack)
    tiers.set(key, known)
  }
  return [
    // One of its models is enough for a tier.
    ...[...tiers.values()]
      .filter(({ lacks }) => lacks.every((lack) => lack !== undefined))
      .map(({ use, lacks }) => ({ use, why: [...new Set(lacks)].join(' ') })),
    ...aliases,
    ...agents.flatMap(({ name, lacks = [] }) => {
      const lack = lacks.find(({ kind }) => kind === 'provider' || kind === 'model')
      return lack ? [{ use: { kind: 'agent', name } as const, why: lack.why }] : []
    }),
  ]
}

function lackOf({ provider, model }: Choice, { catalogue, matrix }: Told): string | undefined {
  const listed = catalogue.providers.find((one) => one.provider === provider)
  if (!listed) {
    const toDo = matrix?.providers[provider]?.to_set_up
    return `${provider} is not set up${toDo ? `: ${toDo}, and start the runtime again` : ''}.`
  }
  if (listed.error !== undefined) return `${provider} does not answer.`
  if (model !== undefined && matrix?.providers[provider]?.models[model]?.listed === false) {
    return `${provider} does not list ${model}.`
  }
  return undefined
}

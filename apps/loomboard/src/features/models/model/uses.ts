import type { wire } from '@loomcycle/client'
import type { Told } from './services.ts'

/** What is meant: a model, or the usual one of a service. */
export interface Choice {
  provider: string
  model?: string
}

/** Who runs on a model. */
export type Use =
  | { kind: 'agent'; name: string }
  | { kind: 'alias'; name: string }
  /** `of`: for which users, where not all have the same. */
  | { kind: 'tier'; name: string; of?: string }

export interface Used {
  choice: Choice
  use: Use
}

/** What is named, by whatever has a name for a model. */
export function usesOf({ catalogue, matrix, routing, agents = [] }: Told): Used[] {
  const meant = (provider: string) => matrix?.providers[provider]?.stand_in ?? provider
  const aliases = catalogue.aliases ?? {}
  const usual = catalogue.providers.find((provider) => provider.default)?.provider
  const several = (routing?.user_tiers.length ?? 0) > 1
  return [
    ...Object.entries(aliases).map(([name, { provider, model }]) => ({
      choice: { provider: meant(provider), model },
      use: { kind: 'alias', name } as const,
    })),
    ...(routing?.user_tiers ?? []).flatMap((users) =>
      users.tiers.flatMap(({ tier, cascade }) =>
        cascade.map(({ provider, model }) => ({
          choice: { provider: meant(provider), model },
          use: { kind: 'tier', name: tier, ...(several && { of: users.name }) } as const,
        })),
      ),
    ),
    ...agents.flatMap(({ name, definition }) => {
      const choice = choiceOf(definition, aliases, usual)
      return choice
        ? [{ choice: { ...choice, provider: meant(choice.provider) }, use: { kind: 'agent', name } as const }]
        : []
    }),
  ]
}

/** Of an agent of a tier, or of code, there is nothing to say here. */
function choiceOf(
  { provider, model, tier, code }: Readonly<Record<string, unknown>>,
  aliases: NonNullable<wire.ModelCatalogue['aliases']>,
  usual: string | undefined,
): Choice | undefined {
  if (code || typeof tier === 'string') return undefined
  const alias = typeof model === 'string' && Object.hasOwn(aliases, model) ? aliases[model] : undefined
  const service = typeof provider === 'string' && provider !== '' ? provider : (alias?.provider ?? usual)
  if (service === undefined) return undefined
  const named = alias?.model ?? (typeof model === 'string' && model !== '' ? model : undefined)
  return { provider: service, ...(named !== undefined && { model: named }) }
}

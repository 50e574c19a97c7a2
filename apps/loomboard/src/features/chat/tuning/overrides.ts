import type { wire } from '@loomcycle/client'

export type Overrides = wire.AgentOverrides

/** The services that one can choose from: those that play scripts are not. */
export function choosable(catalogue: wire.ModelCatalogue | undefined): readonly wire.CatalogueProvider[] {
  return catalogue?.providers.filter(({ scripted }) => !scripted) ?? []
}

/** Without what says nothing. */
export function said(overrides: Overrides): Overrides {
  const sampling = Object.fromEntries(
    Object.entries(overrides.sampling ?? {}).filter(([, value]) => value !== undefined),
  )
  const rest = { ...overrides, sampling: Object.keys(sampling).length > 0 ? sampling : undefined }
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
}

export function isNothing(overrides: Overrides): boolean {
  return Object.keys(said(overrides)).length === 0
}

/** What is otherwise than with the agent, in a few words. */
export function overridesWords(overrides: Overrides): string {
  const { provider, model, effort, sampling = {}, max_tokens } = said(overrides)
  const which = model ?? (provider && `${provider}’s usual model`)
  const drawn = Object.entries(sampling).map(([name, value]) => `${name.replaceAll('_', ' ')} ${value}`)
  const longest = max_tokens === undefined ? [] : [`at most ${max_tokens} tokens`]
  return [which, effort && `${effort} effort`, ...drawn, ...longest].filter(Boolean).join(' · ')
}

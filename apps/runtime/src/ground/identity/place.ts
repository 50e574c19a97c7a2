import type { actorKinds } from '@loomcycle/proto'

export const placeScopes = ['agent', 'user', 'tenant'] as const
export type PlaceScope = (typeof placeScopes)[number]

/** Whose names and documents; made from who calls, never from what was said. */
export interface Place {
  tenantId: string
  scope: PlaceScope
  scopeId: string
}

export function keyOfPlace({ tenantId, scope, scopeId }: Place): string {
  return JSON.stringify([tenantId, scope, scopeId])
}

/** Who did something, as it is remembered beside what was done. */
export type Actor =
  | { kind: 'agent'; id: string; run_id: string }
  | { kind: Exclude<(typeof actorKinds)[number], 'agent'>; id: string; run_id?: never }

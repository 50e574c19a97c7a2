import type { Env } from './env.ts'

const SECRET_NAME = /_(?:KEY|TOKEN|SECRET|AUTH|PASSWORD|CREDENTIALS?)$/
const MIN_LENGTH = 8

/** What the environment keeps under names that say so, by name. Short values are left out: they are words. */
export function secretsIn(env: Env): Map<string, string> {
  const named = Object.entries(env).map(([name, value]) => [name, value?.trim() ?? ''] as const)
  return new Map(named.filter(([name, value]) => SECRET_NAME.test(name) && value.length >= MIN_LENGTH))
}

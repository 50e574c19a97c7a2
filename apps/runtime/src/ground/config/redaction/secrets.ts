import type { Env } from '../env/env.ts'

const SECRET_NAME = /(?:^|_)(?:KEY|TOKEN|SECRET|AUTH|PASSWORD|PASSWD|PASS|PAT|DSN|CREDENTIALS?)$/i
/** Shorter ones are words of everybody's. */
const MIN_LENGTH = 8
const MIN_LENGTH_OF_NO_WORD = 6
const PASSWORD_IN_URL = /:\/\/[^\s:@/?#]{0,255}:([^\s@]{1,1024})@/

/**
 * What the environment keeps under names that say so or that are known for it, by name, and the passwords in its URLs. From eight characters on,
 * or six where a digit or a sign among them says that it is no word: shorter ones would be taken out of any text.
 */
export function secretsIn(env: Env, known: readonly string[]): Map<string, string> {
  const secrets = new Map<string, string>()
  for (const [name, given = ''] of Object.entries(env)) {
    const value = given.trim()
    const [, password] = PASSWORD_IN_URL.exec(value) ?? []
    if ((known.includes(name) || SECRET_NAME.test(name)) && isLongEnough(value)) secrets.set(name, value)
    else if (password && isLongEnough(password)) secrets.set(name, password)
  }
  return secrets
}

function isLongEnough(value: string): boolean {
  return value.length >= MIN_LENGTH || (value.length >= MIN_LENGTH_OF_NO_WORD && /[^A-Za-z]/.test(value))
}

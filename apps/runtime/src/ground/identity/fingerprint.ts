import { createHash, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, string, number, ScryptOptions, Buffer>(scrypt)

/** Some 15 ms at every start, and as much for everybody who tries a word. */
const cost = 2 ** 12

/** Names a token in the database. Slow to make, so that whoever reads it there cannot try words against it at leisure. */
export async function tokenFingerprint(token: string): Promise<string> {
  return (await derive(token, 'loomcycle browser sessions', 32, { cost })).toString('hex')
}

/** For what is random and long; nothing else is safe behind a hash as fast as this. */
export function randomFingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Takes the same time wherever the two differ, and whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

import { type Declaration, findBuiltin } from '../../ground/config/channel-declarations.ts'
import { type Db, findDeclared } from './store.ts'

/** What goes for a channel: its own declaration before one for all below. */
export async function findDeclaration(
  db: Db,
  configured: Readonly<Record<string, Declaration>>,
  tenantId: string,
  name: string,
): Promise<Declaration | undefined> {
  const names = [name, ...familiesOf(name)]
  const stored = await findDeclared(db, tenantId, names)
  for (const one of names) {
    if (Object.hasOwn(configured, one)) return configured[one]
    const found = stored.find((declaration) => declaration.name === one)
    if (found) return found
    if (one === name) {
      const own = findBuiltin(name)
      if (own) return own
    }
  }
  return undefined
}

/** Of `a/b/c`: `a/b/*`, then `a/*`. */
function familiesOf(name: string): string[] {
  const parts = name.split('/')
  return parts.slice(1).map((_, i) => `${parts.slice(0, parts.length - 1 - i).join('/')}/*`)
}

import { type Db, findName, type NameOf } from '../../engine/definitions/store.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { Family } from './family.ts'

const pattern = /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)*$/
const longest = 128

/** Of a name that is new. What is configured may have more in it, and goes on being a name when it is configured no more. */
export async function requireNewName(tx: Db, of: NameOf, family: Pick<Family<object>, 'noun' | 'reserved'>) {
  if (!(await findName(tx, of))) requireName(of.name, family)
}

function requireName(name: string, { noun, reserved }: Pick<Family<object>, 'noun' | 'reserved'>) {
  if (reserved && name.startsWith(reserved)) {
    throw new ToolError(
      `names that begin with ${reserved} are given out by the runtime; call the ${noun} something else`,
    )
  }
  if (name.length <= longest && pattern.test(name)) return
  throw new ToolError(
    `name ${JSON.stringify(name.slice(0, 80))} is not a name; use letters, digits, _ and -, with / between parts, at most ${longest} characters`,
  )
}

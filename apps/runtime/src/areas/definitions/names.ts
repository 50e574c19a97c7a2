import { ToolError } from '../../ground/tool-error.ts'

const pattern = /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)*$/
const longest = 128

export function requireName(name: string) {
  if (name.length <= longest && pattern.test(name)) return
  throw new ToolError(
    `name ${JSON.stringify(name.slice(0, 80))} is not a name; use letters, digits, _ and -, with / between parts, at most ${longest} characters`,
  )
}

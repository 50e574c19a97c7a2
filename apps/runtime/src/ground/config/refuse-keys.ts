import type { YamlFile } from './yaml.ts'

const KEYS = /^(?:api[-_]?)?(?:key|token|secret)$|^(?:authorization|auth|bearer|password|headers)$/i
/** In capitals: a key that somebody pastes here has others. */
const VARIABLE = /^[A-Z_][A-Z0-9_]*$/

const noPlace = 'a key itself has no place in a file'

/** Files are handed on and kept under version control. No message repeats what stands there. */
export function refuseKeysIn(file: YamlFile, value: unknown) {
  for (const [name, entry] of membersOf(membersOf(value).find(([key]) => key === 'providers')?.[1])) {
    for (const [key, said] of membersOf(entry)) refuseKeyAt(file, ['providers', name, key], said)
  }
}

function refuseKeyAt(file: YamlFile, path: string[], value: unknown) {
  const key = path.at(-1)!
  if (KEYS.test(key)) {
    const setting = key.toLowerCase() === 'headers' ? 'headers_env' : 'api_key_env'
    const message = `is not read; put it into a variable of the environment and name that in ${setting}: ${noPlace}`
    file.fail({ path, message })
  }
  if (key === 'api_key_env') refuseNoVariable(file, path, value)
  if (key === 'headers_env')
    for (const [name, variable] of membersOf(value)) refuseNoVariable(file, [...path, name], variable)
  if (key === 'base_url') refuseAddress(file, path, value)
}

function refuseNoVariable(file: YamlFile, path: string[], value: unknown) {
  if (typeof value === 'string' && !VARIABLE.test(value)) {
    file.fail({
      path,
      message: `must be the name of a variable of the environment, in capitals, such as OPENROUTER_API_KEY; ${noPlace}`,
    })
  }
}

function refuseAddress(file: YamlFile, path: string[], value: unknown) {
  if (typeof value !== 'string') return
  const { protocol = '', username, password, search, hash } = URL.parse(value) ?? {}
  if (!/^https?:$/.test(protocol)) {
    file.fail({ path, message: 'must be an address that starts with http:// or https://' })
  }
  if (username || password || search || hash) {
    file.fail({ path, message: `must be an address and nothing behind or before it; ${noPlace}` })
  }
}

function membersOf(value: unknown): [string, unknown][] {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : []
}

/**
 * What the code finds when it begins, evaluated before it: a function for each tool, random numbers that are always the
 * same, and nothing that makes code out of text. What it takes from the surroundings it takes now: whatever the code does
 * to them later, it does to itself.
 */
export const prelude = `(() => {
  const call = globalThis.__call
  const { parse, stringify } = JSON
  const { tools, seed } = parse(globalThis.__setup)
  delete globalThis.__call
  delete globalThis.__setup
  const { create, defineProperty, freeze, getPrototypeOf, keys } = Object
  const { isArray } = Array
  const { imul } = Math
  const { apply } = Reflect
  const { sort } = Array.prototype
  const text = String

  class ToolError extends Error {}
  defineProperty(ToolError.prototype, 'name', { value: 'ToolError' })

  const sorted = (value) => {
    if (value === null || typeof value !== 'object') return value
    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) value[i] = sorted(value[i])
      return value
    }
    const copy = create(null)
    const names = apply(sort, keys(value), [])
    for (let i = 0; i < names.length; i++) copy[names[i]] = sorted(value[names[i]])
    return copy
  }

  const ask = (name, isRead, input) => {
    const plain = parse(stringify(input) ?? 'null')
    if (plain === null || typeof plain !== 'object' || isArray(plain)) throw new TypeError(name + ' takes an object')
    const answer = parse(call(name, stringify(sorted(plain))))
    if (answer.isError) throw new ToolError(answer.text)
    if (!isRead) return answer.text
    try {
      return parse(answer.text)
    } catch {
      return answer.text
    }
  }

  const define = (on, name, value) => defineProperty(on, name, { value, enumerable: true })
  for (const { name, ops, isRead } of tools) {
    if (ops === undefined) {
      define(globalThis, name, (input = {}) => ask(name, isRead, input))
      continue
    }
    const tool = create(null)
    for (const op of ops) {
      define(tool, op, (input = {}) => {
        if (input === null || typeof input !== 'object' || isArray(input)) {
          throw new TypeError(name + '.' + op + ' takes an object')
        }
        return ask(name, isRead, { ...input, op })
      })
    }
    define(globalThis, name, freeze(tool))
  }

  let random = seed
  Math.random = () => {
    random = (imul(random, 1664525) + 1013904223) >>> 0
    return random / 4294967296
  }
  for (const made of [function () {}, async function () {}, function* () {}, async function* () {}]) {
    delete getPrototypeOf(made).constructor
  }
  for (const name of ['eval', 'Function', 'WeakRef', 'FinalizationRegistry']) delete globalThis[name]

  return {
    begin: (run, input) => run(parse(input)),
    said: (value) => {
      const found = value !== null && typeof value === 'object' && 'final_text' in value ? value.final_text : value
      return typeof found === 'string' ? found : (stringify(found) ?? '')
    },
    described: (error) => {
      try {
        if (!(error instanceof Error)) return text(typeof error === 'string' ? error : stringify(error))
        const [, line] = /index\\.js:(\\d+)/.exec(error.stack) ?? []
        return text(error.name) + ': ' + text(error.message) + (line ? ' (line ' + line + ')' : '')
      } catch {
        return 'something that cannot be shown'
      }
    },
  }
})()`

import { parseSync, Visitor } from 'oxc-parser'

export interface FoundRegex {
  line: number
  source: string
  flags: string
}

/** Every regular expression a program writes down: literals, and `RegExp` of texts. */
export function regexesIn(file: string, code: string): FoundRegex[] {
  const found: FoundRegex[] = []
  const add = (at: number, source: string, flags: string) =>
    found.push({ line: code.slice(0, at).split('\n').length, source, flags })
  const { program } = parseSync(file, code)
  new Visitor({
    Literal(node) {
      if ('regex' in node) add(node.start, node.regex.pattern, node.regex.flags)
    },
    NewExpression(node) {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp') return
      const [source, flags] = node.arguments.map((given) =>
        given.type === 'Literal' && typeof given.value === 'string' ? given.value : undefined,
      )
      if (source !== undefined) add(node.start, source, flags ?? '')
    },
  }).visit(program)
  return found
}

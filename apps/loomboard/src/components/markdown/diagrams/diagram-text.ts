/** What Mermaid is given to draw. */
export interface DiagramText {
  /** How its kind is spelled in `kinds`. */
  kind: string
  /** The statements, the first of which says the kind. */
  body: string
  title: string | undefined
}

/** Those that are drawn, and how Mermaid tells them. What it can draw besides is shown as text. */
const kinds: Record<string, RegExp> = {
  flowchart: /^(?:flowchart|graph)/,
  sequence: /^sequenceDiagram/,
  class: /^classDiagram/,
  state: /^stateDiagram/,
  er: /^erDiagram/,
  gantt: /^gantt/,
  pie: /^pie/,
  journey: /^journey/,
  timeline: /^timeline/,
  mindmap: /^mindmap/,
  git: /^gitGraph/,
  quadrant: /^quadrantChart/,
  xychart: /^xychart/,
  sankey: /^sankey/,
  kanban: /^kanban/,
  packet: /^packet/,
  block: /^block/,
  architecture: /^architecture/,
  requirement: /^requirement/,
  c4: /^C4(?:Context|Container|Component|Dynamic|Deployment)/,
}
/** Wherever they stand, they make it a C4 diagram for Mermaid. */
const c4 = /C4(?:Container|Component|Dynamic|Deployment)/

/**
 * The text without whatever configures Mermaid and whatever could fetch something: no settings, no pictures, no HTML, no
 * addresses in styles. Nothing where it is of no kind that is drawn, or where what is taken away would leave more of it.
 */
export function diagramTextOf(source: string): DiagramText | undefined {
  const { title, rest } = withoutFrontmatter(source.replace(/\r\n?/g, '\n'))
  const body = cleaned(rest)
  if (cleaned(body) !== body || (title !== undefined && marked(title) !== title)) return undefined
  if (unsafe.test(body) || unsafe.test(title ?? '')) return undefined
  const kind = Object.keys(kinds).find((name) => kinds[name]!.test(body))
  if (!kind || (kind !== 'c4' && c4.test(body))) return undefined
  if (kind === 'sequence' && body.split('\n').some(tellsOfWho)) return undefined
  return { kind, body, title }
}

/** What Mermaid reads as settings, as HTML, as a formula, as a picture, or, the last two, makes `<` of. */
const unsafe = /%%\{|<[\\$]|\$\$|"(?:icon|img)"\s*:|ﬂ°|&(?:lt|amp|#0*(?:60|38)|#x0*(?:3c|26))/i

function cleaned(text: string): string {
  const lines = withoutDirectives(text).split('\n')
  const said = lines
    .filter((line) => !line.trimStart().startsWith('%%'))
    .join('\n')
    .trim()
  return withoutAddresses(withoutMarkup(withoutPictures(said)))
}

/** As Mermaid takes it: only our own frontmatter stands before the statements. */
export function statementsOf({ title, body }: DiagramText): string {
  return title === undefined ? body : `---\ntitle: ${JSON.stringify(title)}\n---\n${body}`
}

const mostTitle = 200

function withoutFrontmatter(source: string): { title: string | undefined; rest: string } {
  const lines = source.trimStart().split('\n')
  const end = lines[0]?.trimEnd() === '---' ? lines.findIndex((line, n) => n > 0 && line.trim() === '---') : -1
  if (end < 0) return { title: undefined, rest: source }
  const named = lines.slice(1, end).find((line) => /^\s*title:/.test(line))
  const title = named
    ?.slice(named.indexOf(':') + 1)
    .trim()
    .replace(/^["']|["']$/g, '')
  return { title: title && marked(title.slice(0, mostTitle)), rest: lines.slice(end + 1).join('\n') }
}

/** A directive ends at `}%%`; one that does not, at the end of its line. */
function withoutDirectives(text: string): string {
  const [before, ...others] = text.split('%%{')
  const after = others.map((part) => {
    const end = part.indexOf('}%%')
    return end < 0 ? part.slice(lineEnd(part)) : part.slice(end + 3)
  })
  return [before, ...after].join('\n')
}

function lineEnd(text: string): number {
  const end = text.indexOf('\n')
  return end < 0 ? text.length : end
}

/** What may be said of a shape or an edge in `@{ … }`; a picture, an icon and a size may not. */
const facts = new Set(['shape', 'label', 'type', 'alias', 'animate', 'animation', 'assigned', 'priority'])

function withoutPictures(text: string): string {
  const [before, ...others] = text.split('@{')
  const after = others.map((part) => {
    const { said, rest } = factsOf(part)
    const kept = said.flatMap((fact) => {
      const [name = '', ...value] = fact.split(':')
      const key = name.replaceAll('"', '').trim()
      return facts.has(key)
        ? [
            `"${key}": "${value
              .join(':')
              .replace(/["{}\\]/g, ' ')
              .trim()}"`,
          ]
        : []
    })
    return `@{ ${kept.join(', ')} }${rest}`
  })
  return [before, ...after].join('')
}

/** Up to the closing brace that is not in quotes. */
function factsOf(text: string): { said: string[]; rest: string } {
  const said: string[] = []
  let quoted = false
  let from = 0
  for (let n = 0; n < text.length; n++) {
    if (text[n] === '"') quoted = !quoted
    if (quoted || !/[,\n}]/.test(text[n]!)) continue
    said.push(text.slice(from, n).replaceAll('\n', ' '))
    from = n + 1
    if (text[n] === '}') return { said, rest: text.slice(from) }
  }
  return { said, rest: '' }
}

/** HTML is shown as it is written, but for line breaks; formulas likewise, which are made of HTML. */
function withoutMarkup(text: string): string {
  return marked(text.replace(/<\/?(?:b|i|u|em|strong|small|sub|sup|code|span|div|p)>/gi, ''))
}

/** `<<interface>>` is no tag, and neither is an arrow. */
function marked(text: string): string {
  return text
    .replace(/[#&](?:lt|amp|#?0*(?:60|38)|#?x0*(?:3c|26));/gi, '‹')
    .replace(/<<(?!style|script)\w+>>|<br\s*\/?>|<(?=[a-z/!?])/gi, (found) => (found === '<' ? '‹' : found))
    .replaceAll('$$', '')
}

/** Words that begin statements with CSS in them, or with colours, which are CSS as well. */
const styled = /style|classDef|rect|box|colou?r/i
const calls = /(url|src|image|set|fade)(?=\()/gi

function withoutAddresses(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/(?<!\[)\\(?![\]n])/g, ''))
    .map((line) => (styled.test(line) ? line.replace(calls, '$1 ').replace(/@import/gi, '') : line))
    .join('\n')
}

/** Who takes part may have icons and addresses of its own, and a statement that gives them begins anywhere. */
function tellsOfWho(line: string): boolean {
  const word = line.search(/\b(?:properties|details|links?)\b/i)
  return word >= 0 && /[{:]/.test(line.slice(word))
}

import { TimedWorker } from '../budget/timed-worker.ts'

export interface Span {
  text: string
  color?: string
  italic?: boolean
}

export interface HighlightRequest {
  code: string
  language: string
}

export interface HighlightAnswer {
  /** Absent where colouring failed. */
  lines?: Span[][]
}

const aliases: Record<string, string> = {
  'c++': 'cpp',
  'c#': 'csharp',
  cjs: 'javascript',
  console: 'bash',
  cs: 'csharp',
  dockerfile: 'docker',
  gql: 'graphql',
  js: 'javascript',
  jsonc: 'json',
  jsx: 'tsx',
  kt: 'kotlin',
  makefile: 'make',
  md: 'markdown',
  mjs: 'javascript',
  mts: 'typescript',
  patch: 'diff',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  ts: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
}

/** Each has a grammar in the worker, loaded with the first block of that language. */
const languages = new Set(
  'bash c cpp csharp css diff docker elixir go graphql html ini java javascript json kotlin lua make markdown php powershell python ruby rust scss sql swift toml tsx typescript xml yaml'.split(
    ' ',
  ),
)

/** Beyond this a block stays plain: its colours would be ten thousand elements. */
const largest = 24_000
const kept = 100

/** Some grammars meet texts that they never finish with; the first of a language has to be fetched, too. */
const patience = 8000

const done = new Map<string, Span[][]>()
const worker = new TimedWorker<HighlightRequest, HighlightAnswer>(
  () => new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' }),
)

/** The grammar a fence's info string asks for. */
export function languageOf(info: string | undefined): string | undefined {
  const name =
    info
      ?.slice(0, 40)
      .match(/^[^\s{,:]+/)?.[0]
      .toLowerCase() ?? ''
  const language = aliases[name] ?? name
  return languages.has(language) ? language : undefined
}

/** Colours that are known already, so that a block scrolled back into view does not blink. */
export function highlighted(code: string, language: string): Span[][] | undefined {
  return done.get(`${language}\n${code}`)
}

/** Colours a block in a worker: grammars take a while to compile, and the page has better things to do. */
export async function highlight(code: string, language: string): Promise<Span[][] | undefined> {
  if (code.length > largest) return undefined
  const lines = (await worker.ask({ code, language }, patience))?.lines
  if (!lines) return undefined
  if (done.size >= kept) done.delete(done.keys().next().value!)
  done.set(`${language}\n${code}`, lines)
  return lines
}

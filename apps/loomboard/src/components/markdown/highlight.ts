export interface Span {
  text: string
  color?: string
  italic?: boolean
}

export interface HighlightRequest {
  id: number
  code: string
  language: string
}

export interface HighlightAnswer {
  id: number
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

const done = new Map<string, Span[][]>()
const waiting = new Map<number, (lines: Span[][] | undefined) => void>()
let worker: Worker | undefined
let lastId = 0

/** The grammar a fence's info string asks for. */
export function languageOf(info: string | undefined): string | undefined {
  const name = info?.match(/^[^\s{,:]+/)?.[0].toLowerCase() ?? ''
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
  worker ??= startWorker()
  const id = ++lastId
  const lines = await new Promise<Span[][] | undefined>((resolve) => {
    waiting.set(id, resolve)
    worker?.postMessage({ id, code, language } satisfies HighlightRequest)
  })
  if (!lines) return undefined
  if (done.size >= kept) done.delete(done.keys().next().value!)
  done.set(`${language}\n${code}`, lines)
  return lines
}

function startWorker(): Worker {
  const started = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<HighlightAnswer>) => {
    waiting.get(data.id)?.(data.lines)
    waiting.delete(data.id)
  })
  return started
}

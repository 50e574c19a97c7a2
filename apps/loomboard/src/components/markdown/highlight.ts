import type { HighlighterCore, LanguageRegistration, ThemedToken } from 'shiki/core'

export type Line = { text: string; color?: string; italic?: boolean }[]

type Grammar = () => Promise<{ default: LanguageRegistration[] }>

/** Each is a chunk of its own, loaded when a block of that language is drawn. */
const grammars: Record<string, Grammar> = {
  bash: () => import('shiki/langs/bash.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  cpp: () => import('shiki/langs/cpp.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  docker: () => import('shiki/langs/docker.mjs'),
  elixir: () => import('shiki/langs/elixir.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  graphql: () => import('shiki/langs/graphql.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  ini: () => import('shiki/langs/ini.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  kotlin: () => import('shiki/langs/kotlin.mjs'),
  lua: () => import('shiki/langs/lua.mjs'),
  make: () => import('shiki/langs/make.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  powershell: () => import('shiki/langs/powershell.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  ruby: () => import('shiki/langs/ruby.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  scss: () => import('shiki/langs/scss.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  swift: () => import('shiki/langs/swift.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
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

const theme = 'tokens'
/** Beyond this a block stays plain: nobody reads colours in 100 KB of log. */
const largest = 100_000
const linesAtOnce = 40
const kept = 100

const done = new Map<string, Line[]>()
let highlighter: Promise<HighlighterCore> | undefined

/** The grammar a fence's info string asks for. */
export function languageOf(info: string | undefined): string | undefined {
  const name = info?.match(/^[^\s{,:]+/)?.[0].toLowerCase() ?? ''
  const language = aliases[name] ?? name
  return Object.hasOwn(grammars, language) ? language : undefined
}

/** Colours that are known already, so that a block scrolled back into view does not blink. */
export function highlighted(code: string, language: string): Line[] | undefined {
  return done.get(`${language}\n${code}`)
}

/** Colours a block a few lines at a time, so that the page stays responsive. */
export async function highlight(code: string, language: string, signal: AbortSignal): Promise<Line[] | undefined> {
  if (code.length > largest) return undefined
  const { shiki, load } = await withLanguage(language)
  await load
  const source = code.split('\n')
  const lines: Line[] = []
  let state: ReturnType<HighlighterCore['getLastGrammarState']> | undefined
  for (let from = 0; from < source.length; from += linesAtOnce) {
    if (signal.aborted) return undefined
    const { tokens, grammarState } = shiki.codeToTokens(source.slice(from, from + linesAtOnce).join('\n'), {
      lang: language,
      theme,
      grammarState: state,
    })
    state = grammarState
    for (const line of tokens) lines.push(line.map(toSpan))
    await new Promise((resolve) => setTimeout(resolve))
  }
  if (done.size >= kept) done.delete(done.keys().next().value!)
  done.set(`${language}\n${code}`, lines)
  return lines
}

function toSpan(token: ThemedToken) {
  const plain = token.color === 'var(--code-foreground)'
  return {
    text: token.content,
    ...(plain ? {} : { color: token.color }),
    ...((token.fontStyle ?? 0) & 1 ? { italic: true } : {}),
  }
}

async function withLanguage(language: string) {
  highlighter ??= createHighlighter()
  const shiki = await highlighter
  const load = shiki.getLoadedLanguages().includes(language) ? undefined : shiki.loadLanguage(grammars[language]!)
  return { shiki, load }
}

async function createHighlighter(): Promise<HighlighterCore> {
  const [{ createCssVariablesTheme, createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
  ])
  return createHighlighterCore({
    themes: [createCssVariablesTheme({ name: theme, variablePrefix: '--code-' })],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
}

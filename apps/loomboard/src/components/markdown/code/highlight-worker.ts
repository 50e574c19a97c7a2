import type { HighlighterCore, LanguageRegistration, ThemedToken } from 'shiki/core'
import { ready } from '../budget/timed-worker.ts'
import type { HighlightAnswer, HighlightRequest, Span } from './highlight.ts'

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

/** Each is an element. */
const mostSpans = 5000

const theme = 'tokens'
let highlighter: Promise<HighlighterCore> | undefined

addEventListener('message', async ({ data }: MessageEvent<HighlightRequest>) => {
  const answer: HighlightAnswer = {}
  try {
    const lines = await highlight(data.code, data.language)
    if (lines.reduce((sum, spans) => sum + spans.length, 0) <= mostSpans) answer.lines = lines
  } catch {
    // Without colours it is still the code.
  }
  postMessage(answer)
})
postMessage(ready)

async function highlight(code: string, language: string): Promise<Span[][]> {
  highlighter ??= createHighlighter()
  const shiki = await highlighter
  if (!shiki.getLoadedLanguages().includes(language)) await shiki.loadLanguage(grammars[language]!)
  const { tokens } = shiki.codeToTokens(code, { lang: language, theme })
  return tokens.map((line) => line.map(toSpan))
}

function toSpan(token: ThemedToken): Span {
  const plain = token.color === 'var(--code-foreground)'
  return {
    text: token.content,
    ...(plain ? {} : { color: token.color }),
    ...((token.fontStyle ?? 0) & 1 ? { italic: true } : {}),
  }
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

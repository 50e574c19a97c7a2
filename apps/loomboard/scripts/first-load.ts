import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface FirstLoad {
  /** Gzip bytes of scripts and styles a browser needs before the new-chat page can be used. */
  chat: number
  /** The same for a stored conversation, which also draws Markdown. */
  conversation: number
  files: { file: string; bytes: number; in: 'chat' | 'conversation' }[]
}

interface Chunk {
  file: string
  imports?: string[]
  css?: string[]
}

const chatRoute = /^src\/routes\/chat\.tsx\?tsr-split=component/
const transcript = 'src/features/chat/components/transcript/transcript.tsx'
const reader = 'src/features/chat/model/view/reader.ts'

/** What the first visit costs; fonts, which do not hold anything up, are left out. */
export function firstLoad(dist: string = join(import.meta.dirname, '../dist')): FirstLoad {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
  const route = Object.keys(manifest).find((key) => chatRoute.test(key))
  if (!route) throw new Error('the build has no chat route')
  const chat = reach(manifest, ['index.html', route])
  const conversation = reach(manifest, ['index.html', route, transcript, reader])
  chat.add('theme.js')
  const files = [...new Set([...conversation, ...chat])].map((file) => ({
    file,
    bytes: gzipSync(readFileSync(join(dist, file)), { level: 9 }).length,
    in: chat.has(file) ? ('chat' as const) : ('conversation' as const),
  }))
  const sum = (list: typeof files) => list.reduce((total, { bytes }) => total + bytes, 0)
  return { chat: sum(files.filter((entry) => entry.in === 'chat')), conversation: sum(files), files }
}

function reach(manifest: Record<string, Chunk>, keys: string[], files = new Set<string>()): Set<string> {
  for (const key of keys) {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) continue
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    reach(manifest, chunk.imports ?? [], files)
  }
  return files
}

if (process.argv[1] === import.meta.filename) {
  const { chat, conversation, files } = firstLoad()
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`.padStart(10)
  for (const { file, bytes, in: where } of files.toSorted((a, b) => b.bytes - a.bytes)) {
    console.log(`${kb(bytes)}  ${file}${where === 'conversation' ? '  (conversation only)' : ''}`)
  }
  console.log(
    `${kb(chat)}  first load of /chat, gzip, without fonts\n${kb(conversation)}  first load of a stored conversation`,
  )
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const lines = 1000

/** A text of which every line says whose it is and how far they are, so that half of one is seen. */
export function whole(id: string, state: string): string {
  const middle = Array.from({ length: lines }, (_, n) => `${n} ${id} ${state}\n`)
  return `begin ${id} ${state}\n${middle.join('')}end ${id} ${state}\n`
}

/** Whose a text is and how far they were; undefined where it is not one that somebody has written. */
export function toldBy(text: string): { id: string; state: string } | undefined {
  const [, id = '', state = ''] = /^begin (\S+) (\S+)\n/.exec(text) ?? []
  return text === whole(id, state) ? { id, state } : undefined
}

interface FoundFile {
  /** Below the folder that was looked through. */
  path: string
  text: string
}

/** Every file in a folder and below it, and in folders that links lead to. */
export function filesIn(folder: string): FoundFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((dirent) => dirent.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => ({ path: file.slice(folder.length + 1), text: readFileSync(file, 'utf8') }))
}

/** Names in a folder and below it. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
}

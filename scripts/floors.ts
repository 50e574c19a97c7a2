import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'

/** An import of a value: types are gone when the program runs, and lean on nothing. */
export interface Arrow {
  /** Files, relative to the folder that was drawn. */
  from: string
  to: string
}

/** Who imports whom below a folder, tests and what only they use left out. */
export function drawArrows(folder: string): Arrow[] {
  const files = globSync('**/*.{ts,tsx}', { cwd: folder }).filter(
    (file) => !/\.test\.tsx?$/.test(file) && !/(^|\/)testing\//.test(file),
  )
  const known = new Set(files)
  return files.flatMap((from) =>
    importsOf(join(folder, from))
      .map((specifier) => relative(folder, join(folder, dirname(from), specifier)))
      .filter((to) => known.has(to))
      .map((to) => ({ from, to })),
  )
}

function importsOf(file: string): string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'))
  const imports = module.staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some((entry) => !entry.isType))
    .map(({ moduleRequest }) => moduleRequest.value)
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ isType, moduleRequest }) => (moduleRequest && !isType ? [moduleRequest.value] : [])),
  )
  return [...imports, ...exports].filter((specifier) => specifier.startsWith('.'))
}

/** The folder a file is in, down to a depth; `.` for the files of the top. */
export function roomOf(file: string, depth: number): string {
  return dirname(file).split('/').slice(0, depth).join('/')
}

/** Groups of rooms (or files, without a depth) that can all be reached from one another. */
export function findKnots(arrows: readonly Arrow[], depth = Number.POSITIVE_INFINITY): string[][] {
  const name = (file: string) => (depth === Number.POSITIVE_INFINITY ? file : roomOf(file, depth))
  const leansOn = new Map<string, Set<string>>()
  for (const { from, to } of arrows) {
    const on = leansOn.get(name(from)) ?? new Set()
    leansOn.set(name(from), name(from) === name(to) ? on : on.add(name(to)))
  }
  const reachedFrom = new Map([...leansOn.keys()].map((room) => [room, reachable(leansOn, room)]))
  const knots = new Map<string, string[]>()
  for (const [room, reached] of reachedFrom) {
    if (!reached.has(room)) continue
    const knot = [...reached].filter((other) => reachedFrom.get(other)?.has(room)).sort()
    knots.set(knot.join(), knot)
  }
  return [...knots.values()]
}

function reachable(leansOn: ReadonlyMap<string, ReadonlySet<string>>, from: string): Set<string> {
  const reached = new Set<string>()
  const open = [from]
  for (let room = open.pop(); room !== undefined; room = open.pop()) {
    for (const next of leansOn.get(room) ?? []) {
      if (reached.has(next)) continue
      reached.add(next)
      open.push(next)
    }
  }
  return reached
}

import { GlobPattern } from './glob-pattern.ts'
import type { GlobJob } from './jobs.ts'
import { Newest } from './newest.ts'
import { statsOf, walkFiles } from './walk-files.ts'

const mostPaths = 100

/** The newest files that a pattern matches, one a line. */
export function globSearch({ where, pattern }: GlobJob): string {
  const newest = new Newest(mostPaths)
  for (const { path, at } of walkFiles(where.self, new GlobPattern(pattern))) {
    const stats = statsOf(at)
    if (stats?.isFile()) newest.add({ path, at: stats.mtimeMs })
  }
  if (newest.count === 0) return 'no matches'
  const lines = newest.inOrder().map(({ path }) => where.prefix + path)
  if (newest.count > mostPaths)
    lines.push(`[the ${mostPaths} newest of ${newest.count}; narrow the pattern for others]`)
  return lines.join('\n')
}

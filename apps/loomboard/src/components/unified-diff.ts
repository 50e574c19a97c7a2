import { structuredPatch } from 'diff'

const mostChanged = 2000

/** What was changed, line by line, with what stands around it. */
export function unifiedDiff(from: string, to: string): string {
  const patch = structuredPatch('', '', from, to, '', '', { context: 2, maxEditLength: mostChanged })
  if (!patch) return '@@ Most of it @@'
  return patch.hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) => {
      const head = `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`
      return [head, ...lines.filter((line) => !line.startsWith('\\'))].join('\n')
    })
    .join('\n')
}

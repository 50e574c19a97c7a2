import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyse } from 'scslre'
import { root } from './paths.ts'
import { withoutBounds } from './regexes/bounded-repeats.ts'
import { type FoundRegex, regexesIn } from './regexes/regexes-in.ts'
import { restarts } from './regexes/restarts.ts'

const programs = ['apps/*/src/**/*.{ts,tsx}', 'packages/*/src/**/*.{ts,tsx}']
const isTest = /\.test\.tsx?$|\/testing\//

/** Why a regular expression takes longer than its text, by the way it reads it; undefined where it does not. */
export function whySlow({ source, flags }: Pick<FoundRegex, 'source' | 'flags'>): string | undefined {
  const again = restarts(source, flags)
  if (again.length > 0) return `a match can begin anew inside of ${again.join(' and ')}`
  return whyAmbiguous(source, flags, true) ?? whyAmbiguous(withoutBounds(source, flags), flags, false)
}

/** `Move`: also where the search as a whole reads characters again, which costs no more than the bound where there is one. */
function whyAmbiguous(source: string, flags: string, Move: boolean): string | undefined {
  const [report] = analyse({ source, flags }, { reportTypes: { Move, Self: true, Trade: true } }).reports
  if (!report) return undefined
  return report.type === 'Trade'
    ? `${report.startQuant.raw} and ${report.endQuant.raw} can take the same characters`
    : `${report.quant.raw} reads the same characters again`
}

if (import.meta.main) {
  const files = globSync(programs, { cwd: root }).filter((file) => !isTest.test(file))
  for (const file of files) {
    for (const regex of regexesIn(file, readFileSync(join(root, file), 'utf8'))) {
      const why = whySlow(regex)
      if (why === undefined) continue
      console.error(`${file}:${regex.line} /${regex.source}/${regex.flags}\n  ${why}`)
      process.exitCode = 1
    }
  }
}

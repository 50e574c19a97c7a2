import { join } from 'node:path'
import { buildTargets } from './build-targets.ts'
import { root } from './paths.ts'
import { runCommand } from './run-command.ts'
import { fingerprint, isStale, markBuilt } from './stale.ts'

/** Builds the targets whose inputs changed since their last build; false if one of them failed. */
export async function buildStale(): Promise<boolean> {
  let allBuilt = true
  for (const target of buildTargets) {
    if (!isStale(target)) continue
    const builtFrom = fingerprint(target)
    const started = performance.now()
    console.log(`building ${target.name} …`)
    const [command, ...args] = target.command
    const code = await runCommand(command, args, { cwd: join(root, target.cwd) })
    if (code === 0) {
      markBuilt(target, builtFrom)
      console.log(`built ${target.name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    } else {
      console.error(`building ${target.name} failed (exit code ${code})`)
      allBuilt = false
    }
  }
  return allBuilt
}

if (import.meta.main) process.exitCode = (await buildStale()) ? 0 : 1

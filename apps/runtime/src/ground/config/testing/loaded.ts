import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { modelServices } from '../../../models/providers/registry.ts'
import type { Config } from '../config.ts'
import type { Env } from '../env/env.ts'
import { loadConfig } from '../load.ts'

const nobodyThere: typeof fetch = () => Promise.reject(new TypeError('fetch failed'))

/** A folder with these files, by their paths in it; gone with the test. */
export function aFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'loomcycle-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** What a process makes of a folder that it is started in. */
export function loadIn(cwd: string, env: Env = {}): Promise<Config> {
  return loadConfig({ env, cwd, services: modelServices, fetch: nobodyThere })
}

/** Loads the `.yaml` files of the folder itself but those that are scripts, in the order given. */
export async function load(files: Record<string, string>, env: Env = {}): Promise<Config> {
  const layers = Object.keys(files).filter((name) => /^[^/]+\.yaml$/.test(name) && name !== 'tour.yaml')
  return loadIn(aFolder(files), { LOOMCYCLE_CONFIG_FILES: layers.join(':'), ...env })
}

import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** What these scripts remember between two runs: build stamps, test reports. Safe to delete. */
export const cacheDir = join(root, '.cache')

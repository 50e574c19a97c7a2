import { describe, expect, it } from 'vitest'
import { migrationNames, versionsInPieces } from '../../../fault/migrations/database-at.ts'
import { everyCut, halves, upgradeCuts } from '../../../fault/migrations/index.ts'

describe('a process that dies while it upgrades a database', { timeout: 240_000 }, () => {
  it('leaves one that opens as if nothing had happened, whatever statement it was at', async () => {
    const { violations } = await everyCut('an upgrade', [0, migrationNames.length - 1], upgradeCuts)
    expect(violations).toEqual([])
  })

  it('in an earlier version, left half a migration, which is undone and done again', async () => {
    const { violations } = await everyCut('half a migration', versionsInPieces, halves)
    expect(violations).toEqual([])
  })
})

import { mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempDir } from '../../testing/temp-dir.ts'
import { Drafts } from './drafts.ts'
import { openFolder } from './folder.ts'
import { replaceFile } from './replace-file.ts'

/** A process that does not live to finish the draft it has begun in `sub`. */
async function aCutOffDraft() {
  const [root, notes] = [tempDir(), join(tempDir(), 'data/drafts')]
  mkdirSync(join(root, 'sub'))
  const begun = Promise.withResolvers<string>()
  const owner = new Drafts(notes)
  void owner.noted({ root, path: ['sub'] }, async (draft) => {
    writeFileSync(join(root, 'sub', draft), 'half')
    begun.resolve(draft)
    await new Promise(() => {})
  })
  return { root, notes, owner, draft: await begun.promise }
}

describe('a draft', () => {
  it('is noted while it is there, and no longer', async () => {
    const [root, notes] = [tempDir(), join(tempDir(), 'drafts')]
    const drafts = new Drafts(notes)
    const folder = await openFolder(root)
    await replaceFile({ folder, path: root, drafts }, 'a/b.md', () => Buffer.from('all'), { mostBytes: 9 })
    await folder.close()
    expect([readdirSync(join(root, 'a')), readdirSync(notes)]).toEqual([['b.md'], []])
  })

  it('of an earlier process is removed, and one that is being written is not', async () => {
    const { root, notes, owner, draft } = await aCutOffDraft()
    await owner.clearUp()
    await new Drafts(notes, owner.owner).clearUp()
    expect(readdirSync(join(root, 'sub'))).toEqual([draft])
    await new Drafts(notes).clearUp()
    expect([readdirSync(join(root, 'sub')), readdirSync(notes)]).toEqual([[], []])
  })

  it('is never looked for where a link leads out', async () => {
    const { root, notes, draft } = await aCutOffDraft()
    const elsewhere = tempDir()
    writeFileSync(join(elsewhere, draft), 'theirs')
    renameSync(join(root, 'sub'), join(root, 'was'))
    symlinkSync(elsewhere, join(root, 'sub'))
    await new Drafts(notes).clearUp()
    expect(readdirSync(elsewhere)).toEqual([draft])
  })

  it('is looked for again where its folder cannot be reached, and is not there where its note is not whole', async () => {
    const { root, notes, draft } = await aCutOffDraft()
    writeFileSync(join(notes, '.loomcycle-draft-0-1'), '{"root":')
    renameSync(root, `${root}-away`)
    await new Drafts(notes).clearUp()
    expect(readdirSync(notes)).toEqual([draft])
    renameSync(`${root}-away`, root)
    await new Drafts(notes).clearUp()
    expect([readdirSync(join(root, 'sub')), readdirSync(notes)]).toEqual([[], []])
  })

  it('of nobody is nothing to clear up', async () => {
    await new Drafts(join(tempDir(), 'none')).clearUp()
  })
})

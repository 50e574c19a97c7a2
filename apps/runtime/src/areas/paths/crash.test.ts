import { describe, it } from 'vitest'
import { everyCrash } from '../../testing/every-crash.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { someDocuments } from '../documents/testing/some-documents.ts'

const ops = {
  mkdir: { path: '/new/one' },
  mv: { path: '/docs', to: '/archive/2026' },
  rm: { path: '/docs', recursive: true },
}

describe('a process that dies in the middle of', () => {
  it.each(Object.entries(ops))('%s leaves all of it or nothing', async (op, input) => {
    const db = await tempDatabase()
    const { ask, path } = await someDocuments({}, db)
    for (const at of ['/docs/a', '/docs/b/c', '/other']) await ask('create_document', { title: at, path: at })
    await path('mkdir', { path: '/docs/empty' })
    await everyCrash(db, ['dirents', 'documents'], async (dying) => (await someDocuments({}, dying)).path(op, input))
  })
})

import { type Handles, holding } from '../../ground/files/handles.ts'
import { segmentsOf, shown } from '../../ground/files/path.ts'
import { FileRefusal, refusalOf } from '../../ground/files/refusal.ts'
import { type Root, walk } from '../../ground/files/walk.ts'
import type { Where } from './search/jobs.ts'

/** Where somebody searches, held while they do. */
export async function inPlace<T>(root: Root, path: string, work: (where: Where) => Promise<T>): Promise<T> {
  try {
    return await holding(async (handles) => work(await find(root, path, handles)))
  } catch (error) {
    throw refusalOf(error, shown(path))
  }
}

async function find(root: Root, path: string, handles: Handles): Promise<Where> {
  const { entry, path: segments } = await walk(root, segmentsOf(path), handles)
  const prefix = segments.join('/')
  if (entry.kind === 'directory') return { self: entry.folder.self, isFile: false, prefix: prefix && `${prefix}/` }
  if (entry.kind === 'file') return { self: entry.file.self, isFile: true, prefix }
  if (entry.kind === 'missing') throw new FileRefusal('missing', `there is no ${shown(path)}`)
  throw new FileRefusal('kind', `${shown(path)} is neither a folder nor a file`)
}

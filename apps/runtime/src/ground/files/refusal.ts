import { ToolError } from '../tool-error.ts'

/** Why a file cannot be had: there is none, the path is none, or what is there is of another kind. */
export type RefusalReason = 'missing' | 'path' | 'kind' | 'size' | 'changed' | 'system'

/** In words for whoever named the file; a model as well. */
export class FileRefusal extends ToolError {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, message: string) {
    super(message)
    this.reason = reason
  }
}

const words: Record<string, string> = {
  EACCES: 'the runtime may not do that there',
  EPERM: 'the system does not permit it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open; try again',
  ENFILE: 'too many files are open; try again',
  EIO: 'the disk failed',
  ENOTEMPTY: 'the folder is not empty',
  EEXIST: 'there is something of that name',
  EBUSY: 'it is in use',
  EXDEV: 'it is on another disk',
  EISDIR: 'it is a folder',
  ENOTDIR: 'something on the way is no folder',
  ELOOP: 'something on the way is a link',
  ENOENT: 'there is no such file',
}

/** What the system said of a path, without telling where on the machine that is. */
export function refusalOf(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof FileRefusal || typeof code !== 'string') return error
  const reason = code === 'ENOENT' ? 'missing' : 'system'
  return new FileRefusal(reason, `${path}: ${words[code] ?? code}`)
}

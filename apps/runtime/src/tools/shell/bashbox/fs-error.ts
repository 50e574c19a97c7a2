import { FileRefusal } from '../../../ground/files/refusal.ts'

const words = {
  ENOENT: 'no such file or directory',
  EEXIST: 'file already exists',
  ENOTDIR: 'not a directory',
  EISDIR: 'illegal operation on a directory',
  ENOTEMPTY: 'directory not empty',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EINVAL: 'invalid argument',
  EFBIG: 'file too large',
} as const

export type FsCode = keyof typeof words

/** As programs of a shell know it. */
export function fsError(code: FsCode, call: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${words[code]}, ${call} '${path}'`), { code })
}

const codes: Partial<Record<FileRefusal['reason'], FsCode>> = {
  missing: 'ENOENT',
  path: 'EACCES',
  kind: 'EINVAL',
  size: 'EFBIG',
  changed: 'EACCES',
}

/** What a refusal is for a shell, which need not know how the volume is guarded. */
export function toFsError(error: unknown, call: string, path: string): unknown {
  if (error instanceof FileRefusal) return fsError(codes[error.reason] ?? 'EACCES', call, path)
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? fsError(code in words ? (code as FsCode) : 'EACCES', call, path) : error
}

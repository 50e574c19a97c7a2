import { Brain, FileText, Folder, FolderOpen, HardDrive } from 'lucide-react'
import type { PathEntry } from './queries.ts'

export const kindWords: Record<PathEntry['kind'], string> = {
  document: 'Document',
  directory: 'Folder',
  memory_entry: 'Memory entry',
  volume_mount: 'Volume',
}

export function EntryIcon({ kind, open = false }: { kind: PathEntry['kind']; open?: boolean }) {
  const Icon = {
    document: FileText,
    directory: open ? FolderOpen : Folder,
    memory_entry: Brain,
    volume_mount: HardDrive,
  }[kind]
  return (
    <Icon aria-hidden="true" className={`size-4 shrink-0 ${kind === 'document' ? 'text-accent-text' : 'text-faint'}`} />
  )
}

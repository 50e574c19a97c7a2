import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type DocumentAddress, pathToSplat } from './address.ts'

export interface DocumentLinkProps {
  to: DocumentAddress
  className?: string
  title?: string
  children: ReactNode
}

/** Leads to the page of a document, or of a chunk of it. */
export function DocumentLink({ to: { path, id = '', chunk }, ...rest }: DocumentLinkProps) {
  const search = chunk ? { card: chunk } : {}
  if (path === undefined) return <Link to="/documents/$id" params={{ id }} search={search} {...rest} />
  return <Link to="/docs/$" params={{ _splat: pathToSplat(path) }} search={search} {...rest} />
}

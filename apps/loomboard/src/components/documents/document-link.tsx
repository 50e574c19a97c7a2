import { Link } from '@tanstack/react-router'
import { type ReactNode, use } from 'react'
import { type DocumentAddress, pathToSplat } from './address.ts'
import { OpenDocument } from './open-document.ts'

export interface DocumentLinkProps {
  to: DocumentAddress
  className?: string
  title?: string
  children: ReactNode
}

/** Leads to the page of a document, or of a chunk of it. */
export function DocumentLink({ to, ...rest }: DocumentLinkProps) {
  const { path, id = '', chunk } = to
  const here = use(OpenDocument)
  if (chunk && here?.is(to)) return <Link to="." search={(now: object) => here.withCard(now, chunk)} {...rest} />
  const search = chunk ? { card: chunk } : {}
  if (path === undefined) return <Link to="/documents/$id" params={{ id }} search={search} {...rest} />
  return <Link to="/docs/$" params={{ _splat: pathToSplat(path) }} search={search} {...rest} />
}

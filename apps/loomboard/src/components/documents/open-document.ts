import { createContext } from 'react'
import type { DocumentAddress } from './address.ts'

/** The document that is on the page: links to its chunks open them there and leave everything else as it is. */
export interface DocumentHere {
  is: (address: DocumentAddress) => boolean
  withCard: (search: object, card: string) => object
}

export const OpenDocument = createContext<DocumentHere | undefined>(undefined)

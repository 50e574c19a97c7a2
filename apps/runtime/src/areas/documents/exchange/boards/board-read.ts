import type { boardColors } from '@loomcycle/proto'
import type { FieldSpec } from '../../chunks/field-kinds.ts'

/** A board as another program wrote it down, before anything of it is stored. */
export interface BoardRead {
  /** Empty where the file does not say. */
  title: string
  about: string
  /** In order. */
  columns: ColumnRead[]
  /** What its cards declare. */
  fields: FieldSpec[]
  cards: CardRead[]
  links: LinkRead[]
  leftOut: LeftOut
  /** For a table: its columns, and which of them are the title and the status. */
  table?: TableRead
  /** Where a file holds several, of which this is one. */
  boards?: string[]
}

export interface ColumnRead {
  status: string
  title: string
  color?: BoardColor
  limit?: number
  done?: boolean
}

export type BoardColor = (typeof boardColors)[number]

export interface CardRead {
  /** Of this card alone. */
  key: string
  title: string
  body: string
  /** Empty where it stands in no column. */
  status: string
  /** Key of the card it is a part of. */
  parent?: string
  fields: Record<string, unknown>
  tags: string[]
  comments: CommentRead[]
}

/** Empty where the file does not say. */
export interface CommentRead {
  author: string
  at: string
  body: string
}

/** Between cards, by their keys. */
export interface LinkRead {
  from: string
  to: string
  kind: string
}

export interface TableRead {
  header: string[]
  title: string
  status: string | undefined
}

export interface LeftOutNote {
  what: string
  why: string
  /** Undefined where nobody can tell how many there were. */
  count?: number
}

/** Why a value is left out. */
export const ofNoKind = 'they are not of the kind that the board declares'

/** What a board has that a document does not take, counted by what it is. */
export class LeftOut {
  readonly #notes = new Map<string, LeftOutNote>()

  add(what: string, why: string, count = 1) {
    if (count <= 0) return
    const note = this.#notes.get(what)
    if (note) note.count = (note.count ?? 0) + count
    else this.#notes.set(what, { what, why, count })
  }

  /** For what is not even in the file. */
  mention(what: string, why: string) {
    if (!this.#notes.has(what)) this.#notes.set(what, { what, why })
  }

  get notes(): LeftOutNote[] {
    return [...this.#notes.values()]
  }
}

import { type Block, type Blocks, toBlocks } from './blocks.ts'
import { type Hunk, toHunks } from './hunks.ts'

/** A stretch of a text that two have written, from its beginning to its end. */
export type Piece =
  /** As both want it; `theirs` is how it stands in theirs. */
  | { kind: 'agreed'; text: string; theirs: string }
  /** Both have changed it, each in another way. */
  | { kind: 'conflict'; base: string; mine: string; theirs: string }

/** What is longer is not compared: a person decides about the whole of it. */
const longest = 2_000_000

/** What two have made of a text, block by block. No word of either is left out but where the other took it away. */
export function mergeText(base: string, mine: string, theirs: string): Piece[] {
  if (mine === theirs || theirs === base) return [{ kind: 'agreed', text: mine, theirs }]
  if (mine === base) return [{ kind: 'agreed', text: theirs, theirs }]
  const whole: Piece[] = [{ kind: 'conflict', base, mine, theirs }]
  if (base.length + mine.length + theirs.length > longest) return whole
  const [inBase, inMine, inTheirs] = [toBlocks(base), toBlocks(mine), toBlocks(theirs)]
  const byMe = toHunks(inBase.blocks, inMine.blocks)
  const byThem = byMe && toHunks(inBase.blocks, inTheirs.blocks)
  if (!byMe || !byThem) return whole
  const pieces = joined(piecesOf(inBase.blocks, byMe, byThem))
  return withEnds(pieces, { base: inBase, mine: inMine, theirs: inTheirs })
}

/** The text that both want; undefined where they do not want the same. */
export function agreedText(pieces: readonly Piece[]): string | undefined {
  return pieces.some(({ kind }) => kind === 'conflict') ? undefined : textOf(pieces, 'mine')
}

/** With my side, theirs, or what was there before, where nothing is agreed. */
export function textOf(pieces: readonly Piece[], side: 'base' | 'mine' | 'theirs'): string {
  return pieces.map((piece) => (piece.kind === 'agreed' ? piece.text : piece[side])).join('')
}

/** My text and the one it is based on, once theirs is in both but for what is still to be decided. */
export function rebasedText(pieces: readonly Piece[]): { before: string; mine: string } {
  const before = pieces.map((piece) => (piece.kind === 'agreed' ? piece.theirs : piece.base)).join('')
  return { before, mine: textOf(pieces, 'mine') }
}

export type Choice = 'mine' | 'theirs' | 'both'

/** One of the conflicts, counted from 0, is decided. */
export function decidedPieces(pieces: readonly Piece[], conflict: number, choice: Choice): Piece[] {
  let at = -1
  return pieces.map((piece) => {
    if (piece.kind === 'agreed' || ++at !== conflict) return piece
    const text = choice === 'both' ? bothOf(piece.theirs, piece.mine) : piece[choice]
    return { kind: 'agreed', text, theirs: piece.theirs }
  })
}

/** One below the other; what would be one paragraph are two. */
function bothOf(first: string, second: string): string {
  const ended = first === '' || first.endsWith('\n') ? first : `${first}\n`
  const standsAlone = first.trim() === '' || /^[\s>]*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|\||$)/.test(second)
  return ended + (standsAlone ? '' : '\n') + second
}

interface Region {
  from: number
  to: number
  byMe: Hunk[]
  byThem: Hunk[]
}

function piecesOf(base: readonly Block[], byMe: readonly Hunk[], byThem: readonly Hunk[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const untouched = (to: number) => {
    const text = textIn(base.slice(at, to))
    pieces.push({ kind: 'agreed', text, theirs: text })
    at = to
  }
  for (const region of regionsOf(base, byMe, byThem)) {
    untouched(region.from)
    pieces.push(...decided(base, region))
    at = region.to
  }
  untouched(base.length)
  return pieces
}

/** What changes stand together, because they touch the same. */
function regionsOf(base: readonly Block[], byMe: readonly Hunk[], byThem: readonly Hunk[]): Region[] {
  const all = [...byMe.map((hunk) => ({ hunk, isMine: true })), ...byThem.map((hunk) => ({ hunk, isMine: false }))]
  all.sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to)
  const regions: Region[] = []
  for (const { hunk, isMine } of all) {
    const last = regions.at(-1)
    const others = isMine ? last?.byThem : last?.byMe
    const meets = last && (hunk.from < last.to || others?.some((other) => meet(base, other, hunk)))
    const region = meets ? last : { from: hunk.from, to: hunk.to, byMe: [], byThem: [] }
    if (!meets) regions.push(region)
    region.to = Math.max(region.to, hunk.to)
    ;(isMine ? region.byMe : region.byThem).push(hunk)
  }
  return regions
}

/** Two changes of which one cannot be made without looking at the other; `b` does not begin before `a`. */
function meet(base: readonly Block[], a: Hunk, b: Hunk): boolean {
  if (b.from < a.to) return true
  if (b.from > a.to) return false
  const [addsA, addsB] = [a.from === a.to, b.from === b.to]
  if (addsA && addsB) return true
  // Whoever goes on from what the other takes away goes on from nothing.
  if ((addsA && b.blocks.length === 0) || (addsB && a.blocks.length === 0)) return true
  // Lines of code lean on their neighbours.
  return [base[a.to - 1], base[b.from], a.blocks.at(-1), b.blocks[0]].some((block) => block?.inFence)
}

function decided(base: readonly Block[], { from, to, byMe, byThem }: Region): Piece[] {
  const was = textIn(base.slice(from, to))
  const mine = sideOf(base, { from, to }, byMe)
  const theirs = sideOf(base, { from, to }, byThem)
  if (byMe.length === 0 || textIn(mine) === textIn(theirs)) {
    return [{ kind: 'agreed', text: textIn(theirs), theirs: textIn(theirs) }]
  }
  if (byThem.length === 0) return [{ kind: 'agreed', text: textIn(mine), theirs: was }]
  // What both have added alike is no matter of dispute.
  const start = commonStart(mine, theirs)
  const end = commonStart(mine.slice(start).reverse(), theirs.slice(start).reverse())
  const left = (blocks: readonly Block[]) => textIn(blocks.slice(start, blocks.length - end))
  const agreed = (text: string): Piece => ({ kind: 'agreed', text, theirs: text })
  const [head, tail] = [textIn(mine.slice(0, start)), textIn(mine.slice(mine.length - end))]
  const isAddition = from === to && (left(mine) === '' || left(theirs) === '')
  const rest: Piece = isAddition
    ? { kind: 'agreed', text: left(mine) + left(theirs), theirs: left(theirs) }
    : { kind: 'conflict', base: was, mine: left(mine), theirs: left(theirs) }
  return [agreed(head), rest, agreed(tail)]
}

/** What one of them has made of a stretch. */
function sideOf(base: readonly Block[], { from, to }: { from: number; to: number }, hunks: readonly Hunk[]): Block[] {
  const blocks: Block[] = []
  let at = from
  for (const hunk of hunks) {
    blocks.push(...base.slice(at, hunk.from), ...hunk.blocks)
    at = hunk.to
  }
  return [...blocks, ...base.slice(at, to)]
}

function commonStart(a: readonly Block[], b: readonly Block[]): number {
  const differs = a.findIndex(({ text }, i) => text !== b[i]?.text)
  return differs === -1 ? a.length : differs
}

function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = []
  for (const piece of pieces) {
    const last = all.at(-1)
    if (piece.kind === 'agreed' && last?.kind === 'agreed') {
      all[all.length - 1] = { kind: 'agreed', text: last.text + piece.text, theirs: last.theirs + piece.theirs }
    } else if (piece.kind === 'conflict' || piece.text !== '' || piece.theirs !== '') all.push(piece)
  }
  return all
}

/** Blocks end their lines, texts need not: whoever has changed how the last one ends is heard. */
function withEnds(
  pieces: readonly Piece[],
  { base, mine, theirs }: Record<'base' | 'mine' | 'theirs', Blocks>,
): Piece[] {
  const last = pieces.at(-1)
  if (!last) return [...pieces]
  const ends = {
    ...mine,
    isEnded: mine.isEnded === base.isEnded ? theirs.isEnded : mine.isEnded,
    eol: mine.eol === base.eol ? theirs.eol : mine.eol,
  }
  const ended = (text: string, as: Blocks) =>
    as.isEnded || !text.endsWith(as.eol) ? text : text.slice(0, -as.eol.length)
  const end: Piece =
    last.kind === 'agreed'
      ? { kind: 'agreed', text: ended(last.text, ends), theirs: ended(last.theirs, theirs) }
      : { ...last, base: ended(last.base, base), mine: ended(last.mine, mine), theirs: ended(last.theirs, theirs) }
  return [...pieces.slice(0, -1), end]
}

const textIn = (blocks: readonly Block[]) => blocks.map(({ text }) => text).join('')

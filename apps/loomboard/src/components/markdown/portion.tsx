import { cutText } from '@loomcycle/proto/wire'
import type { Components } from 'hast-util-to-jsx-runtime'
import { type ReactNode, useMemo } from 'react'
import { useTurn } from './budget/use-turn.ts'
import { weigh } from './budget/weight.ts'
import { healTail } from './parse/heal-tail.ts'
import { toReact, treeToReact } from './parse/processor.ts'
import { useApart } from './parse/use-apart.ts'
import { LongText } from './plain/long-text.tsx'
import { PlainBlock } from './plain/plain-block.tsx'
import { foldedLength } from './plain/text-chunks.ts'
import { useFocusWhen } from './use-focus-when.ts'

/** What weighs less is parsed where it is drawn. */
export const light = 12_000
/** While it grows it is parsed again and again. */
const lightGrowing = light / 2
/** What one costs however short it is: thousands of short ones are much, too. */
const ofItself = 300

export interface PortionProps {
  text: string
  /** Link definitions of the whole text, where this uses some. */
  definitions?: string
  components: Partial<Components>
  growing?: boolean
  /** What stands here until it is drawn, and what if it never is; a block of plain text otherwise. */
  plain?: ReactNode
  instead?: ReactNode
}

/**
 * A stretch of Markdown. What is light is drawn at once, or as soon as it is its turn; what may be heavy is parsed in a
 * worker, and stays plain text where that takes too long or comes to too much.
 */
export function Portion({ text, definitions = '', components, growing = false, plain, instead }: PortionProps) {
  const whole = withDefinitions(text, definitions)
  const weight = useMemo(() => weigh(whole, light), [whole])
  const isLight = weight < (growing ? lightGrowing : light)
  const isOurTurn = useTurn(weight + ofItself, growing || !isLight || isDrawn(whole, components))
  const drawn =
    isLight && isOurTurn ? draw(growing ? healTail(text) : text, definitions, components, growing) : undefined
  const apart = useApart(whole, !growing && !isLight)

  if (drawn) return drawn
  if (growing) return plain ?? <PlainText text={text} />
  if (isLight) return plain ?? <PlainText text={beginningOf(text)} />
  const { answer, busy, draw: onDraw } = apart
  if (!answer) return plain ?? <PlainText text={beginningOf(text)} />
  if ('tree' in answer) return <DrawnTree tree={answer.tree} components={components} asked={onDraw === undefined} />
  return instead ?? <PlainBlock text={text} why={answer.refused} busy={busy} onDraw={onDraw} />
}

/** What is on its way to be drawn, or still grows. */
function PlainText({ text }: { text: string }) {
  return (
    <p className="whitespace-pre-wrap">
      <LongText text={text} />
    </p>
  )
}

/** What is on its way to be drawn is not worth being laid out beyond what fits a screen. */
function beginningOf(text: string): string {
  return cutText(text, foldedLength(text, mostLines, mostChars) ?? text.length)
}
const mostLines = 40
const mostChars = 4000

function DrawnTree({
  tree,
  components,
  asked,
}: {
  tree: Parameters<typeof treeToReact>[0]
  components: Partial<Components>
  asked: boolean
}) {
  const place = useFocusWhen<HTMLDivElement>(asked)
  return (
    <div ref={place} tabIndex={asked ? -1 : undefined} className="outline-none">
      {useMemo(() => treeToReact(tree, components), [tree, components])}
    </div>
  )
}

/** In front, where the first of several for one name is the one that counts. */
function withDefinitions(text: string, definitions: string): string {
  return definitions ? `${definitions}\n${text}` : text
}

const drawnBefore = new WeakMap<Partial<Components>, Map<string, ReactNode>>()
const kept = 500

function cacheOf(components: Partial<Components>): Map<string, ReactNode> {
  let cache = drawnBefore.get(components)
  if (!cache) drawnBefore.set(components, (cache = new Map()))
  return cache
}

function isDrawn(whole: string, components: Partial<Components>): boolean {
  return cacheOf(components).has(whole)
}

/** A block that scrolls back into view, or moves into the list when its turn settles, is not parsed again. */
function draw(
  text: string,
  definitions: string,
  components: Partial<Components>,
  growing: boolean,
): ReactNode | undefined {
  const whole = withDefinitions(text, definitions)
  const cache = cacheOf(components)
  let node = cache.get(whole)
  if (node !== undefined) return node
  try {
    node = toReact(whole, components)
  } catch {
    return undefined
  }
  if (growing) return node
  if (cache.size >= kept) cache.delete(cache.keys().next().value!)
  cache.set(whole, node)
  return node
}

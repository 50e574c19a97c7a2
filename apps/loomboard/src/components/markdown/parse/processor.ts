import { type Components, toJsxRuntime } from 'hast-util-to-jsx-runtime'
import type { ReactNode } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { type Tree, toTree } from './tree.ts'

export function toReact(text: string, components: Partial<Components>): ReactNode {
  return treeToReact(toTree(text), components)
}

export function treeToReact(tree: Tree, components: Partial<Components>): ReactNode {
  return toJsxRuntime(tree, {
    Fragment,
    jsx,
    jsxs,
    components,
    passNode: true,
    ignoreInvalidStyle: true,
  }) as ReactNode
}

import { ListTree } from 'lucide-react'
import { onDemand } from '../../../lib/on-demand.ts'
import type { View } from './view.ts'

/** The ways to see a document, as their tabs stand. */
export const views: readonly View[] = [
  {
    id: 'outline',
    label: 'Outline',
    icon: ListTree,
    part: onDemand(() => import('./outline/outline-view.tsx').then((m) => m.OutlineView)),
  },
]

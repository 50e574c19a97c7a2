import { CalendarDays, FileText, ListTree, SquareKanban, Table2, Waypoints } from 'lucide-react'
import { onDemand } from '../../../lib/on-demand.ts'
import type { View } from './view.ts'

/** The ways to see a document, as their tabs stand. */
export const views: readonly View[] = [
  {
    id: 'board',
    label: 'Board',
    icon: SquareKanban,
    part: onDemand(() => import('./board/board-view.tsx').then((m) => m.BoardView)),
  },
  {
    id: 'outline',
    label: 'Outline',
    icon: ListTree,
    part: onDemand(() => import('./outline/outline-view.tsx').then((m) => m.OutlineView)),
  },
  {
    id: 'table',
    label: 'Table',
    icon: Table2,
    part: onDemand(() => import('./table/table-view.tsx').then((m) => m.TableView)),
  },
  {
    id: 'calendar',
    label: 'Calendar',
    icon: CalendarDays,
    part: onDemand(() => import('./calendar/calendar-view.tsx').then((m) => m.CalendarView)),
  },
  {
    id: 'graph',
    label: 'Graph',
    icon: Waypoints,
    part: onDemand(() => import('./graph/graph-view.tsx').then((m) => m.GraphView)),
  },
  {
    id: 'page',
    label: 'Page',
    icon: FileText,
    part: onDemand(() => import('./page/page-view.tsx').then((m) => m.PageView)),
  },
]

import { MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'

/** What happens is said by whoever moves something, in its own words. */
export const silent = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
}

/** A click is no drag, and neither is scrolling with a finger. */
export function useDragSensors() {
  const mouse = useSensor(MouseSensor, { activationConstraint: { distance: 6 } })
  const touch = useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } })
  return useSensors(mouse, touch)
}

/** Where something has gone, the keyboard goes with it. */
export function refocus(root: HTMLElement | null, id: string): void {
  requestAnimationFrame(() => root?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)?.focus())
}

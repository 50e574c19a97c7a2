import { useEffect, useRef, useState } from 'react'

const delay = 450

interface Tip {
  text: string
  x: number
  y: number
  above: boolean
}

/**
 * One tooltip for the whole page, for every element with `data-tip`. A list of a thousand rows with three icon buttons
 * each mounts nothing for it. It repeats the element's accessible name, so it is hidden from screen readers.
 */
export function TooltipLayer() {
  const [tip, setTip] = useState<Tip | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    const hide = () => {
      clearTimeout(timer.current)
      setTip(null)
    }
    const show = (target: EventTarget | null, wait: number) => {
      hide()
      const element = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
      if (!element) return
      timer.current = setTimeout(() => {
        if (!element.isConnected || element.getAttribute('aria-expanded') === 'true') return
        const box = element.getBoundingClientRect()
        const above = box.bottom + 40 > innerHeight
        setTip({
          text: element.dataset.tip ?? '',
          x: Math.min(Math.max(box.left + box.width / 2, 60), innerWidth - 60),
          y: above ? box.top - 6 : box.bottom + 6,
          above,
        })
      }, wait)
    }
    const onOver = (event: PointerEvent) => event.pointerType === 'mouse' && show(event.target, delay)
    const onFocus = (event: FocusEvent) =>
      event.target instanceof Element && event.target.matches(':focus-visible') && show(event.target, 0)
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide()

    const off = new AbortController()
    const options = { signal: off.signal, passive: true }
    document.addEventListener('pointerover', onOver, options)
    document.addEventListener('focusin', onFocus, options)
    document.addEventListener('keydown', onKey, options)
    for (const name of ['pointerdown', 'focusout', 'scroll'] as const) {
      document.addEventListener(name, hide, { ...options, capture: true })
    }
    return () => {
      off.abort()
      clearTimeout(timer.current)
    }
  }, [])

  if (!tip) return null
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed z-50 max-w-64 animate-fade-in rounded-md bg-text px-2 py-1 text-bg text-xs"
      style={{ left: tip.x, top: tip.y, transform: `translate(-50%, ${tip.above ? '-100%' : '0'})` }}
    >
      {tip.text}
    </div>
  )
}

import { useEffect, useRef } from 'react'

/** The end of what is shown so far: what comes next is shown when somebody gets there, or asks for it. */
export function ShowMore({ onMore }: { onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const element = button.current
    if (!element) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), { rootMargin: '400px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [onMore])
  return (
    <button ref={button} type="button" className="md-more" onClick={onMore}>
      Show more
    </button>
  )
}

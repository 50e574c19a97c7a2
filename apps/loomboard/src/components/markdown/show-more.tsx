import { createContext, useContext, useEffect, useRef } from 'react'

/** Whether everything is shown, one part after the other, without anybody going there. */
export const ShowsAll = createContext(false)

/** The end of what is shown so far: what comes next is shown when somebody gets there, or asks for it. */
export function ShowMore({ onMore }: { onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  const showsAll = useContext(ShowsAll)
  useEffect(() => {
    const element = button.current
    if (!element) return
    if (showsAll) {
      const timer = setTimeout(onMore)
      return () => clearTimeout(timer)
    }
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), { rootMargin: '400px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [onMore, showsAll])
  return (
    <button ref={button} type="button" className="md-more" onClick={onMore}>
      Show more
    </button>
  )
}

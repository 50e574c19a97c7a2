import { useEffect, useState } from 'react'

/** A tab in the background gives its connections back after this long. */
const hiddenPatience = 15_000

/** Whether somebody looks at the page, or has just looked away. */
export function useWatched(): boolean {
  const [watched, setWatched] = useState(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible') setWatched(true)
      else timer = setTimeout(() => setWatched(false), hiddenPatience)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return watched
}

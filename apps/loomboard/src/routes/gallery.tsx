import { createFileRoute, notFound } from '@tanstack/react-router'
import { onDemand, useOnDemand } from '../lib/on-demand.ts'

/** In development only: the condition is known when the app is built, and what it guards is left out. */
const gallery = import.meta.env.DEV
  ? onDemand(() => import('../features/gallery/gallery.tsx').then((module) => module.Gallery))
  : undefined

export const Route = createFileRoute('/gallery')({
  beforeLoad: () => {
    if (!gallery) throw notFound()
  },
  component: GalleryRoute,
})

function GalleryRoute() {
  const Gallery = useOnDemand(gallery!, true)
  return Gallery ? <Gallery /> : null
}

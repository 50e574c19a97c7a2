import { lazyRouteComponent } from '@tanstack/react-router'
import type * as library from './-library.tsx'

/** A page of the library, whose code comes with its first use. */
export const libraryPage = (name: keyof typeof library) => lazyRouteComponent(() => import('./-library.tsx'), name)

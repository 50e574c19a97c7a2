import { createFileRoute } from '@tanstack/react-router'
import { VolumesPage } from '../features/volumes/volumes-page.tsx'

export const Route = createFileRoute('/volumes/')({ component: VolumesPage })

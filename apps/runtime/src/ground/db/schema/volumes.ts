/** Volumes that were made at run time. */
export interface VolumesTable {
  tenant_id: string
  /** Empty for one of the tenant. */
  root_run_id: string
  name: string
  mode: 'rw' | 'ro'
  /** JSON: where it has a name in Path. */
  mount: string | null
  /** JSON: the actor. */
  created_by: string
  created_at: number
  updated_at: number
}

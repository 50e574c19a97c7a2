import { Component, type ReactNode } from 'react'

interface BoundaryProps {
  /** What stands there instead of what could not be drawn. */
  instead: ReactNode
  children: ReactNode
}

/** Keeps what cannot be drawn from taking the page with it. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children
  }
}

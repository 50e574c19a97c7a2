/** Warp and weft. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      className={className}
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    >
      <path d="M4 2v5M4 13v5M10 2v1M10 8.5v3M10 17v1M16 2v5M16 13v5" />
      <path d="M2 4.5h0M7 5.5h6M18 5.5h0M2 10h6M12 10h6M7 14.5h6" opacity=".55" />
    </svg>
  )
}

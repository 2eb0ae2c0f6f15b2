/** Shown only where scripts run; without them the browser's own menu prints the same. */
export function PrintButton({ label = '打印' }: { label?: string | undefined }) {
  return (
    <button type="button" class="btn btn-outline btn-primary btn-sm" data-print hidden>
      {label}
    </button>
  )
}

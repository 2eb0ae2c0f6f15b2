export function ProgressBar(props: { label: string; value: number; max?: number | undefined }) {
  const { label, value, max = 100 } = props
  return (
    <progress class="progress-bar" aria-label={label} value={value} max={max}>
      {value} / {max}
    </progress>
  )
}

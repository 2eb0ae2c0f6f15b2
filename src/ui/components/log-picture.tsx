/** How the hashes of a log come together in one: four entries, two by two. */
export function LogPicture() {
  const leaves = [60, 180, 300, 420]
  const box = (x: number, y: number, text: string) => (
    <g key={`${x}-${y}`}>
      <rect x={x - 48} y={y} width="96" height="32" rx="4" fill="none" stroke="currentColor" />
      <text x={x} y={y + 21} text-anchor="middle" font-size="14" fill="currentColor">
        {text}
      </text>
    </g>
  )
  return (
    <svg
      class="log-picture"
      viewBox="0 0 480 220"
      role="img"
      aria-label="四次发布的指纹两两合并，合成一个签名的总指纹；改动其中一件，总指纹就变了"
    >
      <path
        d="M60 168V152H120V136M180 168V152H120M300 168V152H360V136M420 168V152H360M120 104V88H240V60M360 104V88H240"
        fill="none"
        stroke="currentColor"
      />
      {box(240, 28, '总指纹')}
      <text x="300" y="49" font-size="14" fill="currentColor">
        ← 签名、公布
      </text>
      {[120, 360].map(x => box(x, 104, '指纹'))}
      {leaves.map((x, at) => box(x, 168, `发布 ${at + 1}`))}
    </svg>
  )
}

/** Checks a proof file against a saved page or an attachment, here in the browser: nothing is sent anywhere. */
import { sha256 } from '@noble/hashes/sha2.js'
import { type Checked, checkEditionProof } from '#lib/tlog/edition-proof'
import { readVerifier } from '#lib/tlog/note'

for (const place of document.querySelectorAll<HTMLElement>('[data-log-verifier]')) offer(place)

function offer(place: HTMLElement) {
  const [proof, saved] = place.querySelectorAll<HTMLInputElement>('input[type=file]')
  const key = place.querySelector<HTMLInputElement>('#log-key')
  const status = place.querySelector<HTMLElement>('[role=status]')
  if (!proof || !saved || !key || !status) return
  place.hidden = false
  place.querySelector('button')?.addEventListener('click', async () => {
    const lines = await check(proof.files?.[0], saved.files?.[0], key.value)
    status.replaceChildren(
      ...lines.map(line => {
        const paragraph = document.createElement('p')
        paragraph.textContent = line
        return paragraph
      }),
    )
  })
}

async function check(proof: File | undefined, saved: File | undefined, key: string): Promise<string[]> {
  if (!proof) return ['请先选择证明文件。']
  const log = readVerifier(key)
  if (!log) return ['公钥格式不对：应像 www.yunxi.gov.cn/log+1a2b3c4d+Aa… 的样子。']
  const bytes = saved && new Uint8Array(await saved.arrayBuffer())
  return inWords(checkEditionProof(await proof.text(), { log }, bytes ? against(bytes) : {}), saved)
}

function against(bytes: Uint8Array) {
  try {
    const saved: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof saved === 'object' && saved !== null && 'bodyHtml' in saved) return { saved }
  } catch {
    // Not JSON: a file
  }
  const hash = Array.from(sha256(bytes), byte => byte.toString(16).padStart(2, '0')).join('')
  return { sha256: hash }
}

function inWords(checked: Checked, saved: File | undefined): string[] {
  const { entry, faults, same, file } = checked
  const found = entry
    ? [
        `它是公开日志第 ${checked.index} 条（日志签署到第 ${checked.size} 条）：${entry.id} 第 ${entry.edition} 版。`,
      ]
    : []
  const compared = same.length > 0 ? [`与发布时相同：${same.join('、')}。`] : []
  const original = file ? [`附件“${file}”是发布时的原件。`] : []
  const end = checked.holds
    ? saved
      ? '核验通过：没有被改动。'
      : '证明有效。再选择保存的页面或附件，可以核对内容。'
    : '核验没有通过。'
  return [...found, ...compared, ...original, ...faults.map(fault => `不符：${fault}。`), end]
}

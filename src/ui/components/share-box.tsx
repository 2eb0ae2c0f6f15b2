import { QrCode } from './qr-code.tsx'

/** The page's address to take along: as text, by a click where scripts run, and for a phone's camera. */
export function ShareBox(props: { address: string; title?: string | undefined }) {
  const { address, title = '手机扫码、分享' } = props
  return (
    <section class="panel share-box">
      <h2 class="panel-title">{title}</h2>
      <QrCode text={address} label="本页地址的二维码" />
      <p class="share-address">{address}</p>
      <button type="button" class="btn btn-outline btn-primary btn-sm" data-copy={address} hidden>
        复制地址
      </button>
    </section>
  )
}

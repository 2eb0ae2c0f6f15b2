import { momentInBeijing } from '#lib/beijing-time'
import { Card } from '#ui/components/card'
import type { PlaceInLog } from '../edition-proof.ts'
import type { PublicView } from '../public-view.ts'
import { proofAddress } from './proof.route.ts'

/** 存证: that this text stands in the public log, where, and the file that proves it. */
export function LogBadge({ view, base, place }: { view: PublicView; base: string; place: PlaceInLog }) {
  return (
    <Card title="存证">
      {place.isSigned ? (
        <>
          <p>
            第 {view.number} 版于 <span class="num">{momentInBeijing(place.writtenAt)}</span> 写入
            <a href={`${base}/log`}>公开日志</a>第 <span class="num">{place.index}</span>{' '}
            条，此后改动一个字都会被发现。
          </p>
          {place.erasedAt === null ? null : (
            <p>
              这一版的部分个人信息已依法删除，见公开日志第 <span class="num">{place.erasedAt}</span>{' '}
              条；其余内容仍与发布时相同。
            </p>
          )}
          <p>
            <a href={base + proofAddress(view)} download>
              下载证明文件
            </a>
            　
            <a
              href={`${base}${view.address}/editions/${view.number}.json`}
              download={`${view.publicId}-${view.number}.json`}
            >
              保存这一版（JSON）
            </a>
            　<a href={`${base}/log#verify`}>怎样核验</a>
          </p>
        </>
      ) : (
        <p>正在写入公开日志，一分钟内可以取得证明。</p>
      )}
    </Card>
  )
}

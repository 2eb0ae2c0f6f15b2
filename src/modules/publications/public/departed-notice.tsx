import { dateInBeijing, inChinese } from '#lib/beijing-time'
import { inTitleMarks } from '#lib/title-marks'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { SearchForm } from '#ui/components/search-form'
import type { Departed } from '../public-view.ts'

const words: Record<Departed['how'], string> = {
  withdrawn: '发布机关已经撤下',
  redirected: '已经转移到新地址',
  gone: '发布机关已经删除',
  superseded: '已经被新的内容取代',
  expired: '公开期限已经届满',
}

/** What stands at an address whose content has left: why, since when, and where to go on (S-DOM-04). */
export function DepartedNotice({ item, base }: { item: Departed; base: string }) {
  return (
    <>
      <PageHead title="这个页面已经停止公开" />
      <Notice
        tone="warning"
        title={item.how === 'withdrawn' || item.how === 'gone' ? '原来的内容' : inTitleMarks(item.title)}
      >
        <p>
          {inChinese(dateInBeijing(item.at))}起，{words[item.how]}。
          {item.reason ? `说明：${item.reason}` : ''}
        </p>
        {item.to ? (
          <p>
            <a href={base + item.to}>前往现在的页面</a>
          </p>
        ) : null}
      </Notice>
      <p class="mt-6 mb-2">这个地址会一直保留，不会挪作他用。您也可以搜索其他内容：</p>
      <div class="max-w-3xl">
        <SearchForm action={`${base}/search`} label="全站搜索" />
      </div>
    </>
  )
}

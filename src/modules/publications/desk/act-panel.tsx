import type { ComponentChildren } from 'preact'
import { Sheet } from '#ui/components/sheet'
import { DangerAct, LinkButton, PostButton } from '#ui/forms'
import type { DeskAct } from '../desk-acts.ts'
import { deskAddress } from './desk-address.ts'
import type { LoadedItem } from './load-item.ts'

/** What this person may do with it now, each with what will happen. */
export function ActPanel({ loaded, open }: { loaded: LoadedItem; open: ReadonlySet<DeskAct> }) {
  const { item, draft, next } = loaded
  const address = deskAddress(item)
  const revision = String(draft?.revision ?? '')
  if (open.size === 0 && !loaded.caseAddress) return null
  return (
    <Sheet title="现在可以做的">
      <div class="grid gap-3">
        {loaded.caseAddress && (
          <Act text="这类文件在公文办理中审核、签发，签发以后才公开。">
            <LinkButton tone="primary" href={loaded.caseAddress}>
              公文办理
            </LinkButton>
          </Act>
        )}
        {open.has('review') && (
          <Act text="看过全文和改动之后，决定发布或者退回。">
            <LinkButton tone="primary" href={`${address}/review`}>
              审查
            </LinkButton>
          </Act>
        )}
        {open.has('submit') && (
          <Act text="送审以后由另一位同事审查，通过之后才公开。">
            <PostButton action={address} label="送审" tone="primary" hidden={{ act: 'submit', revision }} />
          </Act>
        )}
        {open.has('edit') && (
          <Act text={draft?.submittedAt ? '保存修改会把稿子从审查中取回。' : '改的是稿子，读者看不到。'}>
            <LinkButton
              tone={open.has('submit') || open.has('review') ? 'plain' : 'primary'}
              href={`${address}/edit`}
            >
              修改稿子
            </LinkButton>
          </Act>
        )}
        {open.has('correct') && (
          <Act text="从现在的文字开始写新的一版。新版发布之前，读者看到的不变；旧版留在“历次版本”里。">
            <PostButton action={address} label="更正" hidden={{ act: 'correct' }} />
          </Act>
        )}
        {open.has('cancel-schedule') && next && (
          <DangerAct
            label="取消定时"
            warning="到时间不再公开，文字回到稿子里，可以修改后重新送审。"
            action={address}
            confirm="确认取消定时"
            hidden={{ act: 'cancel-schedule' }}
          />
        )}
        {open.has('take-down') && (
          <Act text="停止公开：撤下、转移、被取代或者删除。原来的地址会保留。">
            <LinkButton tone="danger" href={`${address}/take-down`}>
              停止公开…
            </LinkButton>
          </Act>
        )}
        {open.has('erase') && (
          <Act text="公开的文字里有不该公开的个人信息：从历次版本里永久删去，由两个人办理。">
            <LinkButton href={`${address}/erase`}>依法删除个人信息…</LinkButton>
          </Act>
        )}
        {open.has('discard') && (
          <DangerAct
            label="放弃稿子"
            warning={
              loaded.current
                ? '这份更正稿会被删除，不能找回；已经公开的内容不受影响。'
                : '这份稿子会被删除，不能找回。'
            }
            action={address}
            confirm="确认放弃"
            hidden={{ act: 'discard' }}
          />
        )}
      </div>
    </Sheet>
  )
}

function Act({ text, children }: { text: string; children: ComponentChildren }) {
  return (
    <div class="actions">
      {children}
      <span class="field-hint">{text}</span>
    </div>
  )
}

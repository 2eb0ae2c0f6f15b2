import type { Reply } from '#platform/http/reply'

export const workbookReply = (bytes: Uint8Array, name: string): Reply => ({
  kind: 'content',
  status: 200,
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  body: bytes,
  headers: { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
})

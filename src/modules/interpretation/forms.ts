import { type EditionText, type KindFile, plainText } from '#modules/publications'
import { questionsIn } from './questions.ts'

/** Forms of interpretation (I2, R-INT-05). */
export const interpretationForms = {
  text: '文字解读',
  diagram: '图解',
  video: '视频',
  animation: '动漫',
  audio: '音频',
  interview: '访谈',
  'press-conference': '新闻发布会',
  expert: '专家解读',
  leader: '负责人解读',
  case: '案例',
  qa: '问答',
} as const
export type InterpretationForm = keyof typeof interpretationForms

export const formWord = (form: unknown): string | null =>
  interpretationForms[form as InterpretationForm] ?? null

/** Played, not read: they carry their words as text, too (S-ACC). */
export const isPlayed = (form: unknown): boolean =>
  form === 'video' || form === 'animation' || form === 'audio'

/** So many characters at least are the words of something that is played, not its announcement. */
const shortestTranscript = 50

/** What a form asks of an interpretation before it may go to review, by field (I2). */
export function whatFormMisses(text: EditionText, files: readonly KindFile[]): Record<string, string> {
  const { form } = text.fields
  if (isPlayed(form)) return whatPlayedMisses(text, files)
  const said = (name: string) => text.fields[name] !== undefined && text.fields[name] !== ''
  const missing: Record<string, string> = {}
  if (form === 'diagram' && !hasDescribedPicture(text.bodyHtml) && !/<table\b/.test(text.bodyHtml))
    missing.bodyHtml =
      '图解里还没有图：请在正文插入图片，并写明图片说明，看不到图的人也要能知道内容；也可以用表格。'
  if (form === 'press-conference' || form === 'interview') {
    if (!said('heldOn')) missing['fields.heldOn'] = '请填写是哪一天举行的。'
    if (!said('speakers')) missing['fields.speakers'] = '请写明谁发布、谁受访，一行一人。'
  }
  if (form === 'press-conference' && !said('heldAt')) missing['fields.heldAt'] = '请填写在哪里举行。'
  if ((form === 'expert' || form === 'leader') && !said('interpreterPost'))
    missing['fields.interpreterPost'] =
      form === 'expert' ? '请填写专家的职称或者所在单位和职务。' : '请填写负责人的职务。'
  if (form === 'qa' && questionsIn(text.bodyHtml).length === 0)
    missing.bodyHtml = '没有认出一问一答：请把问题写成“问：……”，回答写成“答：……”，或者用问句作小标题。'
  return missing
}

function whatPlayedMisses(text: EditionText, files: readonly KindFile[]): Record<string, string> {
  const missing: Record<string, string> = {}
  const word = formWord(text.fields.form)
  const kind = text.fields.form === 'audio' ? 'audio/' : 'video/'
  const hasFile = files.some(file => file.mediaType.startsWith(kind))
  if (!hasFile && !text.fields.mediaAddress)
    missing['fields.mediaAddress'] = `请把${word}文件作为附件上传，或者填写它的网址。`
  const hasPicture = files.some(file => file.mediaType.startsWith('image/'))
  if (hasFile && kind === 'video/' && !hasPicture)
    missing.newFiles = '请再上传一张封面图片（附件），还没有播放时读者先看到它。'
  if ([...plainText(text.bodyHtml).replace(/\s/g, '')].length < shortestTranscript)
    missing.bodyHtml = `请在正文写出${word}的文字版（解说词或者全文）：听不见、看不见和不方便播放的人靠它了解内容。`
  return missing
}

const hasDescribedPicture = (html: string) =>
  [...html.matchAll(/<img\b[^>]*>/gi)].some(([tag]) => /\salt="[^"]+"/i.test(tag))

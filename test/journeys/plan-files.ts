import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#platform/root'
import type { GoldPlan } from '../../src/modules/ledger/reader/gold.ts'
import { docx, wordParagraph } from '../make/documents.ts'

const lines = [
  '云溪县人民政府办公室',
  '关于印发2026年冬季政务公开重点任务的通知',
  '云政办发〔2026〕31号',
  '各乡镇人民政府，县直各单位：',
  '现将《2026年冬季政务公开重点任务》印发给你们，请认真落实。',
  '云溪县人民政府办公室',
  '2026年11月10日',
  '2026年冬季政务公开重点任务',
  '一、让用水的人看得见',
  '（一）公布水质结果。出厂水和末梢水的检测结果公布到每个水厂。（县水利局牵头落实）',
  '（二）公布停水安排。计划停水提前三天公布，突发停水一小时内公布，2027年1月20日前完成。（县水利局牵头，县供水公司配合落实）',
  '二、让办事的人少跑路',
  '（三）更新办事指南。材料有变的当天更新。开设代办专窗，公布代办事项。（县发改局牵头落实）',
  '（四）公布收费标准。供水、供气收费标准逐项列出。（县发改局牵头落实）',
  '（五）公布优惠办法。低保户、五保户的减免办法一并列出。（县发改局牵头落实）',
  '三、保障落实',
  '（六）明确专人负责，信息有变及时报县政府办公室。（县政府办牵头落实）',
]

/** A plan of our own as a Word file: one task that is two, two that are one, one that is none, a name that nobody knows. */
export const winterPlan = () => ({
  name: '2026年冬季政务公开重点任务.docx',
  mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  buffer: docx(lines.map(line => wordParagraph(line)).join('')),
})

const shared = process.env.REAL_DOCUMENTS ?? join(root, '..', 'shared')
const gold = 'src/modules/ledger/reader/gold'
const s1 = '001_44e0b76ec9bce514'
const path = join(shared, 'seeds', `${s1}.txt`)

/** The table of a real county, and its tasks as they were counted by hand; null where the folder of real documents is not at hand. */
export const realPlan = existsSync(path)
  ? {
      file: { name: 's1.txt', mimeType: 'text/plain', buffer: readFileSync(path) },
      tasks: (JSON.parse(readFileSync(join(root, gold, `${s1}.json`), 'utf8')) as GoldPlan).tasks,
    }
  : null

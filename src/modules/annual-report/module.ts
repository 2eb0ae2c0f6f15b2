import type { Module } from '#platform/module'
import { reportCommand } from './commands/report.command.ts'

/** 政府信息公开工作年度报告: so far the check of reports that were made anywhere. */
export const annualReport: Module = { name: 'annual-report', loneCommands: [reportCommand] }

/** Why something is not published: articles of the regulation (R-EXC-02…08), in our own words for the table. */
export const grounds = {
  SECRET: '条例第十四条：依法确定为国家秘密',
  LAW_BAN: '条例第十四条：法律、行政法规禁止公开',
  SAFETY: '条例第十四条：公开后可能危及国家安全、公共安全、经济安全、社会稳定',
  THIRD_PARTY: '条例第十五条：涉及商业秘密、个人隐私，公开会损害第三方合法权益',
  INTERNAL: '条例第十六条第一款：人事、后勤、内部工作流程等内部事务',
  PROCESS: '条例第十六条第二款：讨论记录、过程稿、磋商信函、请示报告等过程性信息',
  ENFORCE_FILE: '条例第十六条第二款：行政执法案卷',
} as const
export type Ground = keyof typeof grounds

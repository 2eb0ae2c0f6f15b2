import { Tabs } from '#ui/components/tabs'

const tabs = [
  ['register', '登记簿', '/normative'],
  ['drafts', '起草和审核', '/normative/drafts'],
  ['cleanups', '清理', '/normative-cleanups'],
  ['catalogue', '年度目录', '/normative/catalogue'],
  ['settings', '设置', '/normative/settings'],
] as const

export const NormativeTabs = ({ current }: { current: (typeof tabs)[number][0] }) => (
  <Tabs
    label="规范性文件"
    items={tabs.map(([key, label, href]) => ({ label, href, current: key === current }))}
  />
)

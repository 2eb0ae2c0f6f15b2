import { usualColumns } from '../../src/app/commands/usual-columns.ts'
import { organs } from './organs.ts'

/** The county of the corpus as `mingtang init FILE.json` takes it: sixty organs, one site, the four who must be there. */
export function governmentFile() {
  return {
    organs: organs.map(({ key, name, shortName, level, code }, index) => ({
      key,
      name,
      shortName,
      ...(key === 'yunxi' ? {} : { parent: 'yunxi' }),
      type: level === 'government' ? (key === 'yunxi' ? 'government' : 'office') : level,
      level: level === 'township' ? 'township' : 'county',
      docCodes: [code],
      order: index,
    })),
    sites: [
      {
        key: 'portal',
        organ: 'yunxi',
        name: '云溪县人民政府',
        shortName: '云溪县政府',
        tagline: '政务公开',
        domain: 'www.yunxi.example',
        siteCode: '4399990001',
        host: '云溪县人民政府办公室',
        contactPhone: '0499-5550100',
        columns: usualColumns,
      },
    ],
    staff: [
      { username: 'xitong', name: '史文远', organ: 'yunxi', roles: ['system-administrator'] },
      { username: 'anquan', name: '何志强', organ: 'yunxi', roles: ['security-administrator'] },
      { username: 'shenji', name: '吕慧', organ: 'yunxi', roles: ['audit-administrator'] },
      { username: 'gongkai', name: '窦若涵', organ: 'office', roles: ['openness-office'] },
    ],
  }
}

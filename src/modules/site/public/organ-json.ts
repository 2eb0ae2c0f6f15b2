import type { OrganFacts } from './organ-facts.ts'

/** An organ for machines; names are the glossary's. `site` is the absolute address of the site. */
export function organJson(facts: OrganFacts, site: string) {
  const { organ, profile, parent, successor } = facts
  return {
    key: organ.key,
    url: `${site}/organs/${organ.key}`,
    name: organ.name,
    shortName: organ.shortName,
    type: organ.type,
    level: organ.level,
    uscc: organ.uscc,
    docCodes: organ.docCodes,
    parent: parent?.key ?? null,
    establishedOn: organ.establishedOn,
    abolishedOn: organ.abolishedOn,
    successor: successor?.key ?? null,
    formerNames: facts.formerNames,
    profile: profile && {
      validFrom: profile.validFrom,
      functions: profile.functions,
      leaders: profile.leaders,
      sections: profile.sections,
      address: profile.address,
      officeHours: profile.officeHours,
      phone: profile.phone,
      fax: profile.fax,
      email: profile.email,
      postcode: profile.postcode,
      opennessOffice: profile.opennessOffice,
    },
  }
}

import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/**
 * Which machines on other networks may be asked. We run inside the government’s network and follow addresses that others wrote:
 * without this guard an address could make us ask machines that no reader can reach (server-side request forgery).
 */
export interface ReachPolicy {
  /** All addresses of a host name. */
  resolve: (host: string) => Promise<readonly string[]>
  mayReach: (address: string, port: number) => boolean
}

// Two lists: an IPv6 rule of one list also speaks of IPv4 addresses, written as IPv6
const closed4 = new BlockList()
const closed6 = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed4.addSubnet(net, prefix, 'ipv4')
// Only 2000::/3 is the public internet; of it, what carries IPv4 inside (Teredo, 6to4) or is for documents stays closed
for (const [net, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed6.addSubnet(net, prefix, 'ipv6')

/** Public addresses on the ports of the web, nothing else. */
export function isPublicAddress(address: string, port: number): boolean {
  const family = isIP(address)
  if (family === 0 || (port !== 80 && port !== 443)) return false
  return family === 4 ? !closed4.check(address, 'ipv4') : !closed6.check(address, 'ipv6')
}

export const openInternet: ReachPolicy = {
  resolve: async host => (await lookup(host, { all: true })).map(found => found.address),
  mayReach: isPublicAddress,
}
